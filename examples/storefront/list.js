import { card, make, text } from './element.js'

/**
 * A card with a list that is read anew after each change.
 *
 * @param row the content of an item; it gets the item, and what reads the list anew
 * @param forms what stands below the list; it gets what reads the list anew
 */
export async function listCard(heading, { items, row, empty, forms = () => [] }) {
  const list = make('ul', { class: 'list' })
  const none = text(empty)
  async function read() {
    const rows = []
    for await (const item of items()) rows.push(make('li', {}, ...row(item, read)))
    list.replaceChildren(...rows)
    list.hidden = rows.length === 0
    none.hidden = rows.length > 0
  }
  await read()
  return card(heading, none, list, ...forms(read))
}
