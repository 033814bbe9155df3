<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
  <context>
    <name>BrokenPage</name>
    <message>
      <source>Go on to the next frame, or mend the file.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This frame cannot be opened</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>BulkCard</name>
    <message numerus="yes">
      <source>%n ROI(s)</source>
      <translation>
        <numerusform>%n ROI</numerusform>
        <numerusform>%n ROIs</numerusform>
      </translation>
    </message>
    <message>
      <source>Add</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add these labels to each ROI  Enter</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All selected ROIs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Confidence</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Confidence of all selected ROIs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy  Ctrl+C</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Delete  Delete</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Duplicate  Ctrl+D</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Enter sets it; nothing removes it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give each ROI these labels alone</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Hide or show  Space</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Labels for all selected ROIs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Labels, with commas between them</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Lock or unlock</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remove</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Set</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Take these labels from each ROI</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Type at least one label.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Canvas</name>
    <message>
      <source>Image with masks</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>ChangedNotice</name>
    <message>
      <source>Changed on disk</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keep mine</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not now</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Read anew</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Somebody else changed a file of this frame on disk, and you have unsaved edits. Saving will ask before it replaces anything.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Somebody else changed a file of this frame on disk.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>CommandPalette</name>
    <message>
      <source>Answers</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Commands</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ROI {}: {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Search actions and ROIs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Type an action or the label of a ROI</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Crash</name>
    <message>
      <source>Nothing was written. Please report it: the report says where</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This should not have happened: {}</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>DetailsPanel</name>
    <message>
      <source>Confidence</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Confidence, 0 to 1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Details</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Details of the active ROI</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Id</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Id of the annotation</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mask</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mask of the ROI</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Metadata</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Metadata of the ROI as JSON</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move {} to another mask</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Select a ROI to see its details</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Set id of {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Set metadata of {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Set sources of {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sources</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sources of the ROI</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The user's own id (meta._id), for tracking</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>none</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>DividerHandle</name>
    <message>
      <source>Divider of the comparison</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Drag to compare</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>FileFlow</name>
    <message>
      <source>Frame, 1 to {}:</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Frames (*.json)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Frames and images (*.json *.jsonl *.ndjson *.png *.jpg *.jpeg *.tif *.tiff *.bmp *.webp *.gif);;Frames (*.json *.jsonl *.ndjson);;All files (*)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Go to frame</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not saved</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open a folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open a frame or an image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Replace it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save as...</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save the frame as</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save them first?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Unsaved edits</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{} has unsaved edits.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>FoldButton</name>
    <message>
      <source>Fold {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Unfold {}</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>FrameDetailsPanel</name>
    <message>
      <source>Add it to the whole frame  Enter</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add label</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Frame</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Label the frame {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Labels and metadata of the frame</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Labels for the whole frame</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Labels of the whole frame</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Metadata</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Metadata of the frame as JSON</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remove the label {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Set the frame's metadata</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>night, rain</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>FramePanel</name>
    <message numerus="yes">
      <source>%n colour(s)</source>
      <translation>
        <numerusform>%n colour</numerusform>
        <numerusform>%n colours</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n frame(s)</source>
      <translation>
        <numerusform>%n frame</numerusform>
        <numerusform>%n frames</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n image(s)</source>
      <translation>
        <numerusform>%n image</numerusform>
        <numerusform>%n images</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n image(s) without a mask</source>
      <translation>
        <numerusform>%n image without a mask</numerusform>
        <numerusform>%n images without a mask</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n mask(s)</source>
      <translation>
        <numerusform>%n mask</numerusform>
        <numerusform>%n masks</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n mask(s) without an image</source>
      <translation>
        <numerusform>%n mask without an image</numerusform>
        <numerusform>%n masks without an image</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n video(s)</source>
      <translation>
        <numerusform>%n video</numerusform>
        <numerusform>%n videos</numerusform>
      </translation>
    </message>
    <message>
      <source>All frames</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>As recognised by the names</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Change…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose the folder of masks…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose the legend…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Edited</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Files missing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Filter by name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Filter frames by mark</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Filter frames by name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Frames</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Legends (*.json *.txt *.csv);;All files (*)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not reviewed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ROI without a mask</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reviewed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save a frame's edits when you move on</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save automatically</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Say which folder holds the masks, and which file names the colours</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The file that names the colours</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The folder of masks</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>legend {}: {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no legend</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{} in {}</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Frames</name>
    <message>
      <source>Opening {}</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>FramesModel</name>
    <message>
      <source>a ROI names no mask</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a file is missing or damaged</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>edited</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>reviewed</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>GeneralPage</name>
    <message>
      <source> MB</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Language</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Memory for undo</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Overlay opacity</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Theme</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>As the system</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Dark</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Light</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>chromask speaks it from its next start on.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{} %</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>HistoryModel</name>
    <message>
      <source>Start</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{}, current state</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{}, undone</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>HistoryPanel</name>
    <message>
      <source>History</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Steps</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>JobBar</name>
    <message>
      <source>Cancel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cancel: {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Progress</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stopping: {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{}, {} more waiting</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>JsonField</name>
    <message>
      <source>Apply</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Revert</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show what the frame holds again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This is no object: begin with { and end with }.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write it into the frame  Ctrl+Enter</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{} has a field of its own.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>KeyField</name>
    <message>
      <source>Press a key</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>KeyHelp</name>
    <message>
      <source>All keys</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Close</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy as text</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keys</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No action and no key has this in it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Search the keys</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Search: an action or a key</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>KeysPage</name>
    <message>
      <source>Action</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Actions and their keys</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All keys to their defaults</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Changed by you</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Default</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give the action its own keys back</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It has this key already.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keep the keys it has and add this one</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keys</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Make this the only key of the action</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New key for {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No key</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Search the actions</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Search: an action or a key</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Set</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Take all keys from the action</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Take it from {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The new key: press it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{} is the key of {} already, which would lose it.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Layers</name>
    <message>
      <source>The source cannot be read.
Problems says why.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>MainWindow</name>
    <message>
      <source>Colours</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Details</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Frame</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>History</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Main</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tools</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{}, reviewed</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>MaskLookBar</name>
    <message>
      <source>Alpha channel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Colour-blind safe</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Colours</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Dim others</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Display colours</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Distinct</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How much the other ROIs are dimmed, in percent</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How the mask is meant: values are labels, or opacities</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It has many grey levels and no ROI: taken for opacities</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mode of the mask</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Opacity of the mask in percent</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Segmentation</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stored</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stored, ids in their own</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The colours on the screen; the files keep the stored values</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tint</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tint of what the mask leaves out</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{} %</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>MaskPanel</name>
    <message numerus="yes">
      <source>%n value(s)</source>
      <translation>
        <numerusform>%n value</numerusform>
        <numerusform>%n values</numerusform>
      </translation>
    </message>
    <message>
      <source>(no id)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Draw the masks over the image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Hide all masks</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It could not be read.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Masks</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Opacity of the overlay</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Opacity of the overlay in percent</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Overlay</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show all masks</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Source to show</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This source has no mask</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>lossy {}, read-only</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>video, read-only</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{} %</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Minimap</name>
    <message>
      <source>Click or drag to move the view</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Minimap</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>OptionsBar</name>
    <message>
      <source>Tool options</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>PositionButton</name>
    <message>
      <source>frame {} / {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>frame – / –</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>ProblemList</name>
    <message>
      <source>Copy the report</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Dismiss</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Error</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Note</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing is wrong.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Warning</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>ProblemPanel</name>
    <message numerus="yes">
      <source>%n error(s)</source>
      <translation>
        <numerusform>%n error</numerusform>
        <numerusform>%n errors</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n note(s)</source>
      <translation>
        <numerusform>%n note</numerusform>
        <numerusform>%n notes</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n warning(s)</source>
      <translation>
        <numerusform>%n warning</numerusform>
        <numerusform>%n warnings</numerusform>
      </translation>
    </message>
    <message>
      <source>Copy all problems as text</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Dismiss all failures</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>None</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Problems</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>RecentMenu</name>
    <message>
      <source>Nothing was opened yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open recent</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>RefineBar</name>
    <message numerus="yes">
      <source>%n pixel(s) would change</source>
      <translation>
        <numerusform>%n pixel would change</numerusform>
        <numerusform>%n pixels would change</numerusform>
      </translation>
    </message>
    <message>
      <source>Amount</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Apply</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cancel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Computing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How to refine</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keep this as one step  Enter</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Leave everything as it was  Esc</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No preview: it was stopped</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing would change</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ROI {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Refine</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>Refined: %n pixel(s) changed</source>
      <translation>
        <numerusform>Refined: %n pixel changed</numerusform>
        <numerusform>Refined: %n pixels changed</numerusform>
      </translation>
    </message>
    <message>
      <source>There is no mask to refine</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What to refine</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Whole mask {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>pixels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{} in {}</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Reviews</name>
    <message>
      <source>All frames are reviewed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All frames behind this one are reviewed: on from the first</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All other frames are reviewed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Looking for a frame that is not reviewed</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>RoiDelegate</name>
    <message>
      <source>#d2d278</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Confidence, 0 to 1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Labels, with commas between them</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Value in the mask</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>RoiForm</name>
    <message numerus="yes">
      <source>%n pixel(s) with it</source>
      <translation>
        <numerusform>%n pixel with it</numerusform>
        <numerusform>%n pixels with it</numerusform>
      </translation>
    </message>
    <message>
      <source>Add</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add a ROI</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Close</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Close the form  Esc</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Labels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Labels of the new ROI</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mask</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mask of the new ROI</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Next free colour</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No pixel has it yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>RGB</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The mask has no free value left.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The mask {} cannot be read.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no mask that could be read.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Type at least one label.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Value of the new ROI</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>car, vehicle</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{}; {} claims it already</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>RoiPanel</name>
    <message>
      <source>3-D box</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>3-D points</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>3-D polygon</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A ROI is a colour with a name. Add ROI makes one; then take the brush, and the first stroke makes the mask.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A ROI is a colour with a name. Click a colour in the image or in the list of colours below, then Make a ROI.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A confidence is 0 to 1, such as 0.85, or 85 %; nothing means none.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A value has three or four numbers, not {}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add ROI</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add a ROI: its labels and its value</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Change value of {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Colour</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Colour {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Conf.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Confidence, 0 to 1</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>Copied %n ROI(s)</source>
      <translation>
        <numerusform>Copied %n ROI</numerusform>
        <numerusform>Copied %n ROIs</numerusform>
      </translation>
    </message>
    <message>
      <source>Copy</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy RGB</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy hex</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Delete</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>Delete %n ROI(s)</source>
      <translation>
        <numerusform>Delete %n ROI</numerusform>
        <numerusform>Delete %n ROIs</numerusform>
      </translation>
    </message>
    <message>
      <source>Delete ROI {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Details</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Display colour (the file keeps the stored value)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Display colour...</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Double-click or Enter to zoom there</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Double-click or F2 to change the confidence</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Double-click or F2 to change the value</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Duplicate</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>Duplicate %n ROI(s)</source>
      <translation>
        <numerusform>Duplicate %n ROI</numerusform>
        <numerusform>Duplicate %n ROIs</numerusform>
      </translation>
    </message>
    <message>
      <source>Duplicate {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Every ROI is below the confidence that is asked for</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Filter the ROIs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Filter: label, RGB or hex</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>From</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Hex</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Hide</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How many pixels have the value</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Id, confidence, sources and metadata of the active ROI</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Its pixels belong to {} too, and change for both.</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>Label %n ROI(s)</source>
      <translation>
        <numerusform>Label %n ROI</numerusform>
        <numerusform>Label %n ROIs</numerusform>
      </translation>
    </message>
    <message>
      <source>Label {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Labels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Labels, with commas between them</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Lock</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Lock: no tool changes its pixels then</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Locked or not</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Locked: no tool changes its pixels. Click to unlock</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Make a ROI</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mask</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move the slider over the table to the left.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Multi source: the ROI applies to several.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No ROI matches “{}”</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No ROIs yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No pixel of the mask has this value</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Paste ROIs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pixels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pixels cannot be repainted in -1: it means any number.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>RGB</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ROI {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ROIs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rename {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Repaint {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Repainting goes to a new PNG mask beside the frame.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reset the display colour</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Select all its parts</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>Set confidence of %n ROI(s)</source>
      <translation>
        <numerusform>Set confidence of %n ROI</numerusform>
        <numerusform>Set confidence of %n ROIs</numerusform>
      </translation>
    </message>
    <message>
      <source>Set confidence of {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Share of the mask's pixels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show all</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show only these</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show only this</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Shown in: {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Shown or hidden</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stored value: {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The ROI has no mask.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The ROI itself names {}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The ROI names its mask by the mask's id: {}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The ROI's label names the mask {}, as older documents write it; its own name stands in mask.id.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The data set's labels name this value; no ROI of the frame claims it. Paint with it, and the first stroke makes the ROI.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The file keeps the stored value.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The filter looks at labels, RGB, hex and masks.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The mask cannot hold this value: {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The mask that the ROI belongs to</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The value in the mask, as numbers</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The value in the mask, in hex</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This ROI is written as in older documents: it has exactly one name.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Type three numbers such as 210 210 120, or hex such as #d2d278.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Unlock</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Unresolved: its mask was not found.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Where the label comes from</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoom to</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>box</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>data set</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ellipse</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>frame</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>frame label</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>hidden</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>locked</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>mask</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no label</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>not locked</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>points</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>polygon</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>shown</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>unresolved</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{} and {} more</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{} has this value too: the two could not be told apart.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{} is out of range: a number is 0 to 255, or -1 for any. In 16-bit grey masks it is up to 65535, three times the same.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{} is the only mask of the ROI's sources.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{} of {}</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>RoiTable</name>
    <message>
      <source>ROIs</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Session</name>
    <message>
      <source>Nothing has changed: nothing was written</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Opening {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Saved {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Saving</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>SettingsDialog</name>
    <message>
      <source>Close</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>General</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keys</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Settings</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>SideBar</name>
    <message>
      <source>More panels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the tabs</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>StatusBar</name>
    <message>
      <source>Image value</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mask values</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Position</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ROI {} without a label</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Saved</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Size</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoom</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>edited</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>image {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>nobody claims it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>not saved yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>saved {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>saving…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>unchanged</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{} (data set)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{}, {} more</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{}: no pixel here</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>ThresholdBar</name>
    <message numerus="yes">
      <source>%n hidden</source>
      <translation>
        <numerusform>%n hidden</numerusform>
        <numerusform>%n hidden</numerusform>
      </translation>
    </message>
    <message>
      <source>Confidence from</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Least confidence of a ROI to be shown</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ROIs of less confidence are hidden; those without one are shown</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>all</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{}, {}</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>ToneBar</name>
    <message>
      <source>Black</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Brightness</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Brightness and contrast</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Close</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Contrast</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Gamma</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reset</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show the source as it is</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>White</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{} to {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{}, automatic</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>UnclaimedModel</name>
    <message>
      <source>%</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>%n pixel(s)</source>
      <translation>
        <numerusform>%n pixel</numerusform>
        <numerusform>%n pixels</numerusform>
      </translation>
    </message>
    <message>
      <source>Hex</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mask</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pixels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Probably the background: it is not drawn.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Value</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{value} {hex}, {pixels}, {share} % of mask {mask}</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>UnclaimedPanel</name>
    <message numerus="yes">
      <source>%n colour(s)</source>
      <translation>
        <numerusform>%n colour</numerusform>
        <numerusform>%n colours</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n pixel(s)</source>
      <translation>
        <numerusform>%n pixel</numerusform>
        <numerusform>%n pixels</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n pixel(s) went to {}</source>
      <translation>
        <numerusform>%n pixel went to {}</numerusform>
        <numerusform>%n pixels went to {}</numerusform>
      </translation>
    </message>
    <message>
      <source>Add</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add a ROI that claims this colour (Enter); no pixel changes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cancel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cancel (Esc)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Colours without a ROI</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Every colour has a ROI</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Every colour has a ROI or a label of the data set</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Label for {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Label of the new ROI</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Make ROI {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Make a ROI</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Merge</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Merge into the nearest ROI</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Merge {} into the nearest ROI</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Merge: repaint its pixels in the value of the ROI nearest in colour</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No mask of this source could be read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Outline its pixels and zoom to them (double-click)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show where</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This source has no mask</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{}, {}</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>ValueBar</name>
    <message>
      <source>Cancel</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>Change ROI only (would then have %n pixel(s))</source>
      <translation>
        <numerusform>Change ROI only (would then have %n pixel)</numerusform>
        <numerusform>Change ROI only (would then have %n pixels)</numerusform>
      </translation>
    </message>
    <message>
      <source>Leave everything as it is  Esc</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>Repaint %n pixel(s)</source>
      <translation>
        <numerusform>Repaint %n pixel</numerusform>
        <numerusform>Repaint %n pixels</numerusform>
      </translation>
    </message>
    <message>
      <source>The ROI means other pixels from now on; no pixel changes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The pixels get the new value, and the ROI with them</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What the new value is for</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Welcome</name>
    <message>
      <source>A street scene with two masks</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Drop a frame, an image with its masks, or a folder of them here</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Label and review images with colour masks:
see what each colour means, edit it, save the frame.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open a folder of frames, or of images and masks</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open a folder…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open a frame, an image or a mask</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open the example</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Opened last</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Welcome</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>actions</name>
    <message>
      <source>&amp;Display</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Edit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;File</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Help</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Tools</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;View</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>1:1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add to the selection</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All parts of the ROI</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Backspace</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Blink the overlay</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Borders only</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Box</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Brightness and contrast</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Brush</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose ROI 1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose ROI 2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose ROI 3</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose ROI 4</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose ROI 5</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose ROI 6</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose ROI 7</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose ROI 8</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose ROI 9</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Colour-blind safe colours</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Commands...</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Compare mask | mask</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Compare overlay | mask</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Compare source | overlay</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ctrl+click</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cut out of a box</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>Delete %n ROI(s)</source>
      <translation>
        <numerusform>Delete %n ROI</numerusform>
        <numerusform>Delete %n ROIs</numerusform>
      </translation>
    </message>
    <message>
      <source>Delete ROI</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Display</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Distinct colours</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Duplicate ROI</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Editing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ellipse</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Enter</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Eraser</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Esc</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>F&amp;rames</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>F2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Files</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fill</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fill ROIs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fill and borders</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fill, borders or both</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Finish a shape</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>First frame</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Frame label</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Frame metadata</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Frames</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give up what is half done</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Go to frame...</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Hatch ROIs with patterns</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Help and settings</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>History</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Intelligent scissors</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keypoints</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keys</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Larger brush</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Lasso</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Last frame</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Lock or unlock ROI</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Magic wand</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mark as reviewed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mark the frame as reviewed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Minimap</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>More</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mouse</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move the image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New ROI from parts</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Next default label</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Next frame</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Next frame that is not reviewed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open a folder...</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open the example</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open...</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Outline the selected ROI</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Overlay</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Parts</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Paste</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pick ROI</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pixel grid and rulers</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Polygon</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Previous default label</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Previous frame</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Quit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ROIs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Read the frame anew</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Redo</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Refine...</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save as...</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Search the ROIs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Select</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Select none</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Settings...</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show or hide the chosen rows</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show the folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Smaller brush</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Solo the ROI</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Space</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Space+drag, middle drag</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stored colours</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stored colours, ids in their own</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Superpixels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Take back the last point</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Take the review mark away</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ten frames back</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ten frames on</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tools</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Type into the chosen cell</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Undo</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>View</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Wheel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoom at the cursor</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoom in</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoom out</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoom to the chosen row</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>options</name>
    <message>
      <source> px</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>4</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>8</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add the shape to the ROI (Shift)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Brush size in pixels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Brush size: [ and ], or Ctrl+Shift+wheel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Brush tip</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Connected</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Everything</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Everywhere</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fill</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fill all pixels of the mask that have the value under the pointer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fill the connected pixels of the value under the pointer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keep of the ROI only what lies in the shape (Shift+Alt)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Neighbours</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Only {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Over</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Paint only over</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pixels of no ROI</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pixels touch at their corners too</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pixels touch at their four sides</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ROI {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Round brush</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Size</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Square brush</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Take the shape away from the ROI (Alt)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What the shape does</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Which pixels the tools may change. Locked ROIs are never changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>add</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>clip</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>round</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>square</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>subtract</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>refine</name>
    <message>
      <source>All other parts go to the neighbour with the longest border.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Blended, unclaimed colours along borders take the nearest ROI's.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Close gaps</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Each pixel takes the value that most pixels around it have.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fill holes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Grow</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Holes up to this size are filled, whatever is in them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It takes the pixels around it; a whole mask takes unclaimed ones.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keep the largest part</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remove islands</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Shrink</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Smaller parts go to the neighbour with the longest border.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Smooth</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Snap soft edges</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Unclaimed seams between two ROIs, up to this broad, are closed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What lies around it takes its outermost pixels.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>tools</name>
    <message>
      <source>Click a ROI to select it. Drag to move the image.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Click along an edge of the image. Enter or the first point closes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Click corners, drag to move them. Enter paints, Backspace takes back.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Click or drag a box to choose parts (Shift adds), drag to move. 1-9 gives them to a ROI.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Click patches of the image, or drag over them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Click points. Enter adds them with the ROI's labels, Backspace takes back.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Click to give a region to the ROI. Ctrl or Alt: pick the ROI.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Click to take the ROI under the pointer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Drag a box, then its corners. Enter paints, Esc gives up.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Drag a rough box around an object; leave some room around it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Drag the box around an ellipse. Enter paints, Esc gives up.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Drag to erase to the background. Shift: straight line.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Drag to paint. Shift: straight line. Ctrl or Alt: pick the ROI.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Draw around pixels, then drag points. Enter paints, Esc gives up.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Erase in the mask of {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Paint {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Press on the image; drag right for more tolerance, left for less.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>box</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ellipse</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>lasso</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>polygon</source>
      <translation type="unfinished" />
    </message>
  </context>
</TS>
