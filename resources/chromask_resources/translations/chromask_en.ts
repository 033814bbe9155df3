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
      <source>Another program changed a file of this frame on disk, and you have unsaved edits. Saving will ask before it replaces anything.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Another program changed a file of this frame on disk.</source>
      <translation type="unfinished" />
    </message>
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
    <name>CopyButton</name>
    <message>
      <source>Copy as CSV</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy as picture</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy the plot</source>
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
      <source>and {} more</source>
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
      <source>Open a folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open a frame or an image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save the frame as</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>another frame</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>another list</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>opening {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>quitting</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>reading anew</source>
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
    <name>FolderNotice</name>
    <message>
      <source>Do not use</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Folders outside the opened one</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use and edit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use and edit the images in {}?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use and edit the masks in {}?</source>
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
      <source>More labels in the table of ROIs: {}</source>
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
      <source>Change…</source>
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
      <source>Not reviewed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ROI without a mask</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Read what was recognised as a whole, and choose other folders of masks or another legend</source>
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
      <source>Saved since opened</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Unsaved edits</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>as chosen for it earlier</source>
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
      <source>no masks, as chosen</source>
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
      <source>reviewed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>saved since it was opened</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>unsaved edits</source>
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
      <source>A larger image is refused before it is decoded. This counts for files that are opened from now on.</source>
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
      <source>Most &amp;pixels of an image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Most pixels for each &amp;byte of its file</source>
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
    <name>HistogramChart</name>
    <message>
      <source>Blue</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Green</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Level {}: {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Luminance</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Red</source>
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
      <source>It is too long to edit it here: edit the JSON file.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Only its start is shown.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Revert</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show all</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show the whole text, to edit it</source>
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
      <source>Preview</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The source cannot be read.
Problems says why.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Leaving</name>
    <message>
      <source>Not saved</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not saved, so this was not done: {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reading the files anew gives them up.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Replace</source>
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
      <source>Save them first?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Unsaved edits</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write under a new name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{} has unsaved edits.</source>
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
      <source>Plots</source>
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
      <source>Dim</source>
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
      <source>How much solo dims the other ROIs, in percent</source>
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
    <name>Permissions</name>
    <message>
      <source>Also edit masks in {}?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cancel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No makes a new PNG mask next to the frame instead.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Outside the opened folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Yes</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>PlotLoader</name>
    <message>
      <source>pyqtgraph cannot be loaded: {}</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>PlotPanel</name>
    <message>
      <source>Copied the plot as CSV</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copied the plot as a picture</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Loading the plots...</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Plots</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is nothing to count.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What is plotted</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{}: {}</source>
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
    <name>Previews</name>
    <message>
      <source>Opening the preview</source>
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
    <message>
      <source>the notes</source>
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
    <name>RecognitionDialog</name>
    <message>
      <source>A folder of masks</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add a folder…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>As recognised by the names</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose the legend…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Folders of masks</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Legend: {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Legends (*.json *.txt *.csv);;All files (*)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remove</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The file that names the colours</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What was recognised</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>none</source>
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
    <message numerus="yes">
      <source>Add %n ROI(s)</source>
      <translation>
        <numerusform>Add %n ROI</numerusform>
        <numerusform>Add %n ROIs</numerusform>
      </translation>
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
      <source>Make a ROI of each</source>
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
      <source>The ROI names {}, as the public SDK does whatever a mask is called: {} is taken, the first mask of its source.</source>
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
      <source>Only {} was saved</source>
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
    <message>
      <source>{} ({})</source>
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
      <source>Preview, {}</source>
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
    <name>TonePlot</name>
    <message>
      <source>Black {}, white {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Blue</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Channel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copied the plot as CSV</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copied the plot as a picture</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Counting...</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fit to data</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Green</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Histogram: levels {} to {} are used</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Level</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Loading the plots...</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Logarithmic</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Luminance</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No frame is open.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Red</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Red, green, blue</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Set black and white to what the image uses (double-click)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The source image could not be read, or there is none.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{}, from a sample of {}</source>
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
      <source>Masks and legend...</source>
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
      <source>Source / Preview</source>
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
    <name>core</name>
    <message>
      <source> or </source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>'file://{}' names another machine, which is refused</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>'{}:' addresses are not fetched</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>-1 means any value, and a pixel needs one</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>1, 3 or 4 whole numbers</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A backslash is written \\ in JSON</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A class is {"color": [r, g, b], "name": "..."}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A file holds one value; one frame a line is JSON Lines, named .jsonl</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A file of one frame is read; check the file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A frame is a JSON object with a list of sources</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A frame is a JSON object: { ... }</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A frame is one JSON object; check the file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A frame is one object with the key sources</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A frame lists its sources there</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A frame needs fewer than ten</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A line holds a colour and its name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A list begins with [</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A mask has whole numbers from 0 to 65535; save it as a 16-bit image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add a ROI with mask_rgb instead</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add a legend if it is a mask</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add one</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add the mask to a source of the frame</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Allow that masks there are edited, or let the frame get a mask of its own</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ask for permission to read it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Assign a dictionary to it first</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Assign the whole value, or edit a frame's metadata as frame.meta, an ROI's by update_annotation, other keys by set_property; copy.deepcopy gives a copy to change</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Both halves stand side by side in JSON; correct or remove it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>CVAT label map</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Change the ROI only</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Check that this is the right file, or split it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Check the disk, and use a copy</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Check the files</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Check the path</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Check the path, or ask for permission to read it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Check the path, or put the file back where the URI points</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Check the timestamp</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Check the timestamp; it counts milliseconds from the start of the video</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Check whether the file is a frame</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose a JSON, text or CSV file that gives colours their names</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose a value that this mask can hold, or change the ROI only</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose another</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose the folder of masks again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose the folder that holds masks alone</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Close it with "</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Close it with */</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Close other programs, or cut the image into tiles</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Convert it to H.264, HEVC, VP9 or AV1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Convert it to MP4, WebM or AVI</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy ROIs with Ctrl+C first</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy the file beside the frame and name it by its relative path</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Correct the number</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Correct the text</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cut the image into tiles, or open it where there is more memory</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Edit it in a transaction (document.edit), or edit a copy()</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Finish or cancel the open edit first</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Free some space and save again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Get a whole copy of the video</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give 0 to {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give 3 or 4 whole numbers from -1 to 255 (-1: any value of the channel); above 255 only the same number three times, up to 65535, for 16-bit grey</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give a SingleFrame</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give a URI or a path as text</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give a dictionary</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give a dictionary of mask id -&gt; URI, a list of URIs, or one URI</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give a geometry, mask_rgb, frame_class or labels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give a list of annotations or of JSON objects</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give a list of texts</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give a list: [{!r}]</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give a number from 0 to 1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give a number of milliseconds</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give a text or a whole number</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give a whole number above 0, in pixels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give an Annotation or a JSON object</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give another id, or set the URI of that mask</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give another label, or mask_id too: the ROI names no mask</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give another name, or {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give every channel a number, or change the ROI only</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give it a value without -1, or paint another ROI</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give it an RGB value in the ROI table, then paint</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give mask ids as texts</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give mask_id</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give one label, or {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give one of them</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give save a path</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give texts that are not empty</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give the path of a JSON file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give the source's width and height in the frame's JSON; Problems says why it cannot be read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>If it really is that large, cut it into tiles, or raise this limit in the settings</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It holds {} frames</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It is kept as it is</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It is left out; mend it in the file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It is only read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It is read; it is written only after its folder was allowed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It is shown unscaled from the top left corner</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It looks like a fragment of a frame without its outer braces</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It may be a list of {} frames: store each in a file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It was read as what it holds; correct the frame</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It was read as what it holds; rename it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Its keys number the colours from 0</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Its sources are: {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>JSON has finite numbers alone; use null or leave the key out</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>JSON has none; once the frame is edited it is saved without them</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>JSON holds texts, finite numbers, true, false, null, lists and objects</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keep one of the two; readers differ in which</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Make the folder, or save elsewhere</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mapillary classes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Masks lie on it as on the source; values of the image are not its own</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mend the frame's JSON first</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name a file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name a file in the folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name a file with a picture</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name a source of the frame</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name an image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name one of these masks</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name the columns name, r, g, b</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name the mask that it means, if it is another one</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Numbers look like 0, -12, 3.5 or 1e-3</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open the frame's own folder, or save the frame in the opened one</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>PNG has no {} of {} bits</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Plane | None</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Problems says why</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Put it back from a copy; nothing of it is shown</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Put the file back from a copy</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ROI {} does not lie on the source {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ROI {} has no pixels to repaint</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ROIs that name this id mean both</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ROIs that name this id mean the first one</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remove it and add a new one</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remove it by hand, or ask for permission</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remove what follows</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rename the file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>SOLO definitions</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>SOLO frame</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save again, and check the disk</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save in the opened folder, or open the folder of this file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save it as UTF-8 in the program that wrote it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save it as a 16-bit PNG</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save it as an 8 or 16-bit image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save the group, or save copy() to a file of its own</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save the ones that are colours as an image of 1 to 4 samples</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save the others as files of their own, if you need them</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save to another disk</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save to another disk and check this one</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save to another folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save to another folder, or ask for permission to write there</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save under a shorter name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save under another name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save under another name on another disk, and check this one</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save under another name, or make the file writable</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save under another name, or replace it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show its source, or choose another ROI</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sources and ROIs have methods of their own</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Split it into several frames</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Start a new edit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Such a file is mostly damaged, or made to fill the memory; if it is what you expect, raise this limit in the settings</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Take a colour that the mask has, or merge two of its colours</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Take it from the frame again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Take the user name and the password out of the URI</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Texts stand in double quotes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Texts stand in double quotes; other words are true, false and null</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The ROI's sources have the masks {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The file changed on disk; load it again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The file is damaged; put it back from a copy</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The file may be cut off: {} and is not closed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The file may be cut off; copy it again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The frame has no ROIs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The frame has the masks {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The frame has the sources {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The mark stands in it: make it an object in the frame's JSON first</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The pixels were read; other parts of the file may be odd</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This is Python's spelling; JSON has true, false and null</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Unlock it, or choose another ROI</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Unlock one, or make a ROI of the colour</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Unlock the ROI that claims the value of zeros</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Unlock their ROI, or paint over all pixels again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use load_frame, which gives a FrameGroup for it (FrameGroup.from_dict for an object in memory)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write file:/// and the whole path</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write file:/// and the whole path, or a relative path without file:</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write it again, or save under another name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write it as an escape or remove it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write the mask under a new name, or save all under another name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write the milliseconds from the start of the video</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write {"label_map": {"0": "name"}, "segmentation_colors": [[r, g, b]]}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write {"type": "rgb", "colors": {"name": [r, g, b]}}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a 'file:' URI needs a whole path</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a Git LFS pointer, not the file it stands for</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a HEIC image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a HEIF image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a JPEG 2000 image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a NumPy array</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a PDF document</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a Photoshop document</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a URI with a user name is refused</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a ZIP archive</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a byte order mark stands before the text</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a colon</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a colon in a name means another thing on Windows</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a colour or a list of colours and labels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a comma or the closing bracket</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a comment is not closed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a control character (U+{:04X}) stands inside a text</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a count of numbers that {} divides</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a flat list of numbers</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a frame of {} sources is no {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a gzip archive</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a key in double quotes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a key in double quotes or }}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a key stands twice</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a kind of geometry that is known</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a list</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a list of numbers or of points</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a list of texts</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a list of whole numbers</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a list of whole numbers, one for each channel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a list or an object of colours and labels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a list that is not empty</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a locked ROI claims the background, so nothing can be erased</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a network path (UNC) is refused</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a number from 0 to 1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a number of many digits</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a number of milliseconds</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a number of more than 4299 digits</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a number of {:,} characters, at most {:,}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a part of the path is no folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a path with a Windows drive leads nowhere on this system</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a playlist</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a second mask has the id {!r}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a second source has the id {!r}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a tag lies outside of the file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a text</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a text (HTML, XML or SVG)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a text (JSON)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a text begins here and is not closed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a text begins here and is not closed on its line</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a text holds one half of a character ({})</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a value</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a value has 3 or 4 numbers, not {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a value is of the type {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a value of the type {}, which JSON cannot hold</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a value or ]</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a video</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a whole number above 0</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a whole number has too many digits</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>add_annotation was given no shape, no mask_rgb and no label</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>an AVIF image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>an OpenEXR image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>an array of {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>an object</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>an object with id and value</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>an object with value and labels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>annotations is {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>annotations[{}] is {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>another program wrote it while it was being saved</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>arrays and objects lie more than {} deep in each other</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>at least {} points of {} numbers</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>bool | int | float | str | list[JsonValue] | dict[str, JsonValue] | None</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>byte 0</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>byte 0x{:02x} is not UTF-8</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>checksum of {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>chromask reads PNG, JPEG, TIFF, BMP, WebP, GIF, and MP4, WebM or AVI video</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>chunk {} is cut off</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>class table</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>colour map</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>colour type {} of {} bits is no PNG</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>comments after #</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>comments after //</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>comments between /* and */</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>confidence is {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>cx, cy, rx, ry, theta</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>data set meta</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>deeper or longer than can be read again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>dict[Rect, Indices]</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>dict[str, list[MediaFile]]</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>finite numbers</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>fractions or</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ground truth</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>group[{!r}] is set to {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>index is {!r}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it does not begin with a header</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it has no alpha, so the fourth number can only be {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it has no preview</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it has no uri</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it has no valid palette</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it has {} bit a pixel, so a level is one of {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it has {} colours and no legend names one: it is an image of its own</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it has {} samples a pixel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it has {} x {} pixels, which need about {:.1f} GB of memory: more than there is</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it holds more than {:,} comments</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it holds more than {:,} values</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it holds no finite number</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it holds no frame</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it holds numbers from {:g} to {:g}, scaled to be shown</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it is a TIFF of {} samples of 16 bits in a layout that is not read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it is a source image, or used by another frame: it is never written</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it is grey, so the first three numbers must be the same</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it is missing; it should be {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it is nested more than {} levels deep</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it is no list of frames</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it is not UTF-8 but UTF-16, UTF-32 or no text</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it is outside the files that were opened</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it is outside the opened folder {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it is {:,} bytes long, at most {:,} are read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it names no colour</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it says that it is stored turned (orientation {}); a mask is read as it is stored</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it takes more {} than there is</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it was changed by another program since it was opened</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it was changed by another program, and is no readable PNG any more</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it was deleted since it was opened</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it was emptied by another program since it was opened</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it was replaced by another program: it has {} x {} pixels now, and had {} x {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>its 32-bit pixels all are whole numbers of 16 bits and were read as those</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>its 32-bit pixels hold {} numbers above 65535</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>its header says {} x {} pixels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>its header says {} x {} pixels in a file of {} bytes, more than the limit of {} pixels for each byte</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>its header says {} x {} pixels, more than the limit of {} pixels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>its last scans are missing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>its numbers are 0 to {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>its pixels cannot be decoded</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>its preview {} is shown instead</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>key is {!r}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>label and labels differ; label counts</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>label colours</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>labels is {!r}, and this ROI of the older form has one name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>labels is {!r}, which is the id of a mask of this ROI's sources</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>labels names {!r}, which is the id of a mask</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>line 1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>line 1, column 1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>line {}, column {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>listing was cancelled</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>mask labels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>mask {} cannot hold {}: {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>mask {} of source {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>mask {} was painted while it was computed anew</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>mask_id is {!r}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>mask_id was not given, and of the masks {} it got {!r}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>mask_rgb is {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>mask_rgb is {}: {} is not a whole number</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>mask_source and masks_source are both given</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>masks is {}, not a list</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>max_depth is {}, at most {} is safe</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>meta is {}, not an object</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>metadata is {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>neither source {} nor a mask of it can be read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no TIFF header</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no frame</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no frame of it can be decoded</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no free name for a temporary file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no image or video that is known here</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no mask</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>nothing new</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>numbers below 0 or</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>opening was cancelled</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>pixels cannot be painted in {}: -1 means any value</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>pixels of these parts must not change</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>points of {} numbers, or one flat list of them</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>preview of source {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>protocols chained by '::' are refused</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>radii above 0</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>reading is not permitted</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>source {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>source_id is {!r}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>sources is {}, not a list</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>sources names {!r}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>system volume information</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the 4, 5 or 8 numbers of a box</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the 5 numbers of an ellipse</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the ROI is {}, not an object</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the ROI means a mask, but its sources have none</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the ROI names the mask {!r}, as the public SDK does whatever a mask is called: {} is taken</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the ROI names the source {!r}, which the frame does not have</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the ROI names {}, and the frame has the masks {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the URI holds half a character (a lone surrogate)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the URI holds the control character U+{:04X}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the URI is empty</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the character U+{:04X}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the clipboard</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the clipboard holds no ROIs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the colour has no name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the data of its pixels ends early</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the decoder gives another depth than its tags say</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the decoder says: {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the directory of tags is cut off</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the disk is full</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the disk is mounted read-only</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the disk quota is used up</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the disk reports an error</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the disk takes no more bytes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the edit {!r} has ended</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the end is missing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the end of the file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the file cannot be read ({})</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the file cannot be removed ({})</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the file cannot be written ({})</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the file has {} bytes or more; at most {} are read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the file holds more than one picture; the first is used</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the file holds no video stream</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the file is a video</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the file is damaged or cut off ({})</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the file is damaged or cut off: {} of its {} {} are missing or cut off, in rows {} to {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the file is empty</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the file is named {} and holds {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the file is no video that is read here</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the file is read-only</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the file is too large for this disk</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the file is {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the folder cannot be read ({})</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the folder does not exist</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the folder is read-only</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the frame has no file yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the frame has no mask {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the frame has no source</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the frame is outside the opened folder, so it gets no new mask</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the frame of an open document is read only</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the frame says {} and the file holds {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the frame {!r} is a view of a group</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the frame's meta is {}, not an object</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the frame's rois is {}, not a list</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the header is {}, without {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the key sources is missing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the key {!r} is no number</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the key {!r} is no text</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the key {} is no text</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the key {} stands here again, first in {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the mask cannot hold {}: {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the mask is {} of {} bits, the file {} of {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the mask is {} x {} pixels, its source {} x {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the mask is {}, not an object</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the mask of {} cannot be read, so it cannot be painted</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the mask of {} does not lie on this source</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the masks of the source {!r} are {}, not a list</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the name is too long</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the name is too long for this system</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the new file is in place, but the disk did not confirm it ({})</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the number {} is too large for a 64-bit float</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the numbers of a {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the palette of mask {} is full: it has {} colours</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the path is a folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the source is {}, not an object</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the source is {}, not an object, and cannot be edited</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the source {!r} already has a mask {!r}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the source {} cannot be read, so its mask's size is not known</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the symbolic links run in a circle</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the text begins with the key {} instead of {{</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the text ends where {} should be</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the text holds {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the video ends before its own length; shows the last frame at {} ms instead of {} ms</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the video is coded in a way that is not known here</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the video is damaged at {} ms; shows the nearest whole frame, at {} ms</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>there is a file of this name already</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>there is no ROI with pixels that it could be merged into</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>there is no data for its last rows</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>there is no data for rows {} to {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>there is no frame {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>there is no label_map</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>there is no list labels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>there is no source</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>there is no source {!r}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>there is no such file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>there is no such folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>there is not enough memory to decode it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>there is nothing in it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>there is nothing to {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>this file is outside the opened folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>this folder holds the opened images, so it is not used as a folder of masks</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>this folder is outside the opened one</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>this is a device, not a file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>this is a folder, not a file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>this is a pipe (FIFO), not a file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>this is a socket, not a file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>this is no regular file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>this value is read only, and an edit of it would be lost</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>timestamp is {!r}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>trailing commas</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>turn the ROI into the newer form first (modernise)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>uri is {!r}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>use frame.update_annotation(index, ...)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>use texts, numbers, true, false, null, lists and dictionaries</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>use the setters of SingleFrame (frame.source, frame.width, frame.masks_source), add_mask or set_mask_uri</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>very many</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>what was written does not read back the same</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>whole numbers from -1 to 255 (65535 in 16-bit masks)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>width and height above 0</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>without a mask</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>without an image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>writing is not permitted</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>x, y, w, h or x, y, w, h, angle</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>x, y, z, w, h of the front, then of the back</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{!r} is not label:r,g,b:parts:actions</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{!r} is not name,r,g,b</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{!r} is not r g b name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{!r} started while {!r} is open</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{} bytes cannot make {} x {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{} bytes of pixels cannot make {} x {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{} claims {}, where -1 means any value: a pixel needs one</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{} does not lie on this source</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{} has no attribute {!r}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{} has no attribute {!r}; did you mean {}?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{} has no value in a mask</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{} has the mask id {!r}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{} holds half of a character (a lone surrogate)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{} is a frame, not a legend</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{} is locked</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{} is no JSON number</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{} is no JSON value</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{} is no escape of JSON</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{} is no frame</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{} is no moment of a video</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{} is no number of JSON</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{} is no object of names and colours</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{} is not a legend of any known format</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{} is not {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{} is one half of a character</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{} is the text {!r}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{} is {!r}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{} is {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{} is {}, not an object</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{} ms lies after the end of the video; shows the last frame at {} ms</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{} ms lies before the video; shows the first frame, at {} ms</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{} stands after the end of the value</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{} stands where {} should be</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{} was given for a ROI without a mask</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{} was opened in {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{} was replaced or moved since it was taken</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{}.{} cannot be set: add_annotation, update_annotation and remove_annotation edit ROIs, masks_source, add_mask and set_mask_uri masks, metadata and set_property the frame's keys</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{}.{} cannot be set: {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{}: put {{ before it and }} after it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{}[{}] is {}</source>
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
    <name>plots</name>
    <message numerus="yes">
      <source>%n ROI(s) without pixels</source>
      <translation>
        <numerusform>%n ROI without pixels</numerusform>
        <numerusform>%n ROIs without pixels</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n component(s)</source>
      <translation>
        <numerusform>%n component</numerusform>
        <numerusform>%n components</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n more</source>
      <translation>
        <numerusform>%n more</numerusform>
        <numerusform>%n more</numerusform>
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
      <source>%n smaller</source>
      <translation>
        <numerusform>%n smaller</numerusform>
        <numerusform>%n smaller</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n value(s)</source>
      <translation>
        <numerusform>%n value</numerusform>
        <numerusform>%n values</numerusform>
      </translation>
    </message>
    <message>
      <source>Column</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Component</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Components of the ROI</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Every value has an ROI.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Label</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No ROI</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No frame is open.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No mask of this source could be read.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Percent</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pixels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pixels per label</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ROI {}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Row</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Select an ROI to see its components.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The masks of this source hold opacities, not labels.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The selected ROI has no pixels in a mask that is shown.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This source has no mask.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Value</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Values without an ROI</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zeros</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{}: {}, {}</source>
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
