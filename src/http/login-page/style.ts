const USUAL_COLOR = '#1f4f8f'

/** The style of the page, in the colour of the shop. It stands in the page, so that nothing is loaded for it. */
export const styleOf = (color: string = USUAL_COLOR): string =>
  [
    `:root{color-scheme:light dark;--shop:${color};--on-shop:${contrastTo(color)}}`,
    '*{box-sizing:border-box}',
    'body{margin:0;font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}',
    'main{max-width:26rem;margin:0 auto;padding:2rem 1rem}',
    'img{display:block;max-width:100%;max-height:4rem}',
    'h1{margin:1.5rem 0 .5rem;font-size:1.5rem;line-height:1.25}',
    'label{display:block;margin:1rem 0 .375rem;font-weight:600}',
    'input,button{width:100%;padding:.75rem;border:1px solid #767676;border-radius:.5rem;font:inherit}',
    'button{margin-top:1.5rem;background:var(--shop);color:var(--on-shop);font-weight:600;cursor:pointer}',
    'button.plain{margin-top:.75rem;background:none;color:inherit;font-weight:400}',
    '[hidden]{display:none}',
    ':focus-visible{outline:3px solid;outline-offset:2px}',
    '[role=alert]{padding:.75rem;border:2px solid #d32f2f;border-radius:.5rem}',
    'a{color:inherit}',
    'h2{margin:2rem 0 0;font-size:1rem}',
    'ul{margin:.5rem 0;padding-left:1.25rem}',
    '.shop{margin:0;font-weight:600}',
  ].join('\n')

/** The brightness of an sRGB colour (WCAG 2.2, relative luminance). */
function luminanceOf(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** Black or white, whichever can be read better on a colour. One of them has a contrast of 4.5 to 1 at least. */
function contrastTo(color: string): '#000' | '#fff' {
  const luminance = luminanceOf(color)
  return (luminance + 0.05) / 0.05 >= 1.05 / (luminance + 0.05) ? '#000' : '#fff'
}
