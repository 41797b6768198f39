/**
 * Parts of an Office document that SharePoint writes when it keeps a file: properties of the library, the list of content types that
 * names their parts, and the order in which Excel calculates (field reports: rclone, onedrive-api-docs#935). Their content says
 * nothing about the document.
 */
export function isRewrittenPart(name: string): boolean {
  return (
    name.startsWith('docProps/') ||
    name.startsWith('customXml/') ||
    name === 'xl/calcChain.xml' ||
    name === '[Content_Types].xml'
  );
}

/** Office documents that are zips: those of Word, Excel, PowerPoint and Visio since 2007. */
const packages = new Set(
  [
    'docx docm dotx dotm',
    'xlsx xlsm xlsb xltx xltm xlam',
    'pptx pptm potx potm ppsx ppsm ppam',
    'vsdx vsdm vssx vssm vstx vstm',
  ].flatMap((line) => line.split(' ')),
);

export function isPackageKind(fileName: string): boolean {
  const dot = fileName.lastIndexOf('.');
  return dot >= 0 && packages.has(fileName.slice(dot + 1).toLowerCase());
}
