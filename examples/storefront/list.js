import { card, make, text } from './element.js'

/**
 * A card with a list that is read anew after each change.
 *
 * Its method `look` reads the list too, and resolves with the number of items that came from elsewhere: not by an action of this card.
 *
 * @param row the content of an item; it gets the item and `change`
 * @param forms what stands below the list; they get `change`
 * @param note a sentence about the items, or undefined
 */
export async function listCard(heading, { items, row, empty, forms = () => [], note }) {
  const list = make('ul', { class: 'list' })
  const none = text(empty)
  const noted = make('p', { class: 'hint' })
  const said = make('p', { class: 'said', role: 'status' })
  let shown = new Map()
  let turn = 0
  /** The items that need no announcement. */
  const known = new Set()
  /** Ends with the latest action of this card. */
  let acting = Promise.resolve()

  async function read() {
    const own = ++turn
    const all = []
    const next = new Map()
    for await (const item of items()) {
      const old = shown.get(item.id)
      const words = JSON.stringify(item)
      const isOld = old?.words === words
      all.push(item)
      next.set(item.id, isOld ? old : { words, line: lineOf(row(item, change)) })
    }
    // Another one has begun since, and knows more.
    if (own !== turn) return
    place(
      list,
      [...next.values()].map(({ line }) => line),
    )
    list.hidden = next.size === 0
    none.hidden = next.size > 0
    noted.textContent = note?.(all) ?? ''
    shown = next
  }

  /**
   * Does an action, shows what it changed, and says it. The focus stays in the row of the item, or goes to the heading if the row is gone.
   *
   * @param work resolves with the item that it made, if it made one
   * @param words what to say afterwards
   * @param id the item whose row has the button
   */
  async function change(work, words, id) {
    said.textContent = ''
    const done = Promise.resolve(work())
    acting = done.then(
      (made) => known.add(made?.id),
      () => undefined,
    )
    await done
    await read()
    said.textContent = words
    if (id !== undefined) focusOn(shown.get(id)?.line ?? whole.querySelector('h2'))
  }

  async function look() {
    await read()
    // An action that is under way says itself what it made.
    await acting
    const found = [...shown.keys()].filter((id) => !known.has(id))
    for (const id of found) known.add(id)
    return found.length
  }

  await read()
  for (const id of shown.keys()) known.add(id)
  const whole = card(heading, none, list, noted, said, ...forms(change))
  return Object.assign(whole, { look })
}

const lineOf = (parts) => make('li', {}, ...parts)

/** Where a keyboard or a screen reader goes on. */
function focusOn(element) {
  element.tabIndex = -1
  element.focus()
}

/** A line that stays is not touched, so that it keeps the focus. */
function place(list, lines) {
  for (const line of [...list.children]) if (!lines.includes(line)) line.remove()
  for (const [at, line] of lines.entries()) {
    const there = list.children[at]
    if (there !== line) list.insertBefore(line, there ?? null)
  }
}
