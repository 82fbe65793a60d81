import { STYLES } from './styles.ts';

/** A sheet belongs to the document that it was made in. */
const sheets = new WeakMap<Document, CSSStyleSheet>();

/** Gives a document or a shadow root the styles of shelves. No `style` element: a strict Content-Security-Policy forbids it. */
export function adoptStyles(root: Document | ShadowRoot): void {
  // A frame has a Document of its own.
  const document = root.ownerDocument ?? root;
  let sheet = sheets.get(document);
  if (sheet === undefined) {
    sheet = new document.defaultView!.CSSStyleSheet();
    sheet.replaceSync(STYLES);
    sheets.set(document, sheet);
  }
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
