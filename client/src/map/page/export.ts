/** What of a style is kept: all of it can be written as attributes. */
const STYLES = [
  ...['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-opacity', 'opacity'],
  ...['font-family', 'font-size', 'font-weight'],
];

/** The text of a picture that looks the same without the page's style sheet, on the colour that lies behind it. */
export function selfContained(picture: SVGSVGElement, background: string): string {
  const copy = picture.cloneNode(true) as SVGSVGElement;
  const originals = [picture, ...picture.querySelectorAll('*')];
  const copies = [copy, ...copy.querySelectorAll('*')];
  for (const [n, element] of copies.entries()) {
    const style = getComputedStyle(originals[n]!);
    for (const name of STYLES) {
      // Textures name the picture's own patterns, and a computed one would name the page as well.
      const isTexture = name === 'fill' && element.getAttribute('fill')?.startsWith('url(');
      if (!isTexture && element.namespaceURI === copy.namespaceURI)
        element.setAttribute(name, style.getPropertyValue(name));
    }
    for (const name of ['class', 'tabindex']) element.removeAttribute(name);
  }
  const ground = document.createElementNS(copy.namespaceURI!, 'rect');
  for (const name of ['width', 'height']) ground.setAttribute(name, '100%');
  ground.setAttribute('fill', background);
  copy.prepend(ground);
  return new XMLSerializer().serializeToString(copy);
}
