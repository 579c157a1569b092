import { card, make, text } from './element.js'

/**
 * A card with a list that is read anew after each change. Its method `read` does so, and resolves with the number of new items.
 *
 * @param row the content of an item; it gets the item, and what reads the list anew
 * @param forms what stands below the list; it gets what reads the list anew
 */
export async function listCard(heading, { items, row, empty, forms = () => [] }) {
  const list = make('ul', { class: 'list' })
  const none = text(empty)
  let shown = new Map()
  let turn = 0
  async function read() {
    const own = ++turn
    const next = new Map()
    for await (const item of items()) {
      const old = shown.get(item.id)
      const words = JSON.stringify(item)
      const isOld = old?.words === words
      next.set(item.id, isOld ? old : { words, line: make('li', {}, ...row(item, read)) })
    }
    // Another one has begun since, and knows more.
    if (own !== turn) return 0
    place(
      list,
      [...next.values()].map(({ line }) => line),
    )
    list.hidden = next.size === 0
    none.hidden = next.size > 0
    const before = shown
    shown = next
    return [...next.keys()].filter((id) => !before.has(id)).length
  }
  await read()
  return Object.assign(card(heading, none, list, ...forms(read)), { read })
}

/** A line that stays is not touched, so that it keeps the focus. */
function place(list, lines) {
  for (const line of [...list.children]) if (!lines.includes(line)) line.remove()
  for (const [at, line] of lines.entries()) {
    const there = list.children[at]
    if (there !== line) list.insertBefore(line, there ?? null)
  }
}
