/** Makes an element. An attribute that is undefined or false is left out. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue
    element.setAttribute(name, value === true ? '' : value)
  }
  element.append(...children)
  return element
}

export const text = (...children) => make('p', {}, ...children)
export const link = (href, label) => make('a', { href }, label)

/** What is wrong with a whole page. */
export const pageFault = (...words) =>
  make('p', { class: 'said bad', role: 'alert' }, ...words.flat())

export const card = (heading, ...children) =>
  make('section', { class: 'card' }, make('h2', {}, heading), ...children)
