/**
 * Kinds of files that SharePoint libraries write their properties into when they are saved, so that size and hash
 * are no longer those of what was sent (rclone docs, onedrive-api-docs#935; the families of Word, Excel and
 * PowerPoint, Visio, Publisher, Project, Outlook messages, OneNote, and web pages).
 * Pictures are left out on purpose: one report of a changed .jpg is too little to excuse every damaged picture.
 */
const rewritten = new Set(
  [
    'doc docm docx dot dotm dotx',
    'xla xlam xls xlsb xlsm xlsx xlt xltm xltx',
    'pot potm potx ppa ppam pps ppsm ppsx ppt pptm pptx',
    'vsd vsdm vsdx vss vssm vssx vst vstm vstx',
    'msg mpp pub one onetoc2',
    'aspx htm html',
  ].flatMap((line) => line.split(' ')),
);

/** Whether a file of this name may come out of SharePoint with another size and hash than it went in with. */
export function isRewrittenKind(fileName: string): boolean {
  const dot = fileName.lastIndexOf('.');
  return dot >= 0 && rewritten.has(fileName.slice(dot + 1).toLowerCase());
}
