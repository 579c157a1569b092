import { make } from './element.js'

let made = 0

/**
 * Asks in a dialog. Resolves with what it was closed with; undefined: the shopper has cancelled.
 *
 * @param parts what stands in the dialog; they get what closes it
 */
export function askIn(heading, parts) {
  const id = `dialog-${++made}`
  const dialog = make('dialog', { 'aria-labelledby': id })
  let answer
  const close = (value) => {
    answer = value
    dialog.close()
  }
  const cancel = make('button', { type: 'button', class: 'plain' }, 'Cancel')
  cancel.addEventListener('click', () => dialog.close())
  dialog.append(make('h2', { id }, heading), ...parts(close), cancel)
  document.body.append(dialog)
  dialog.showModal()
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove()
      resolve(answer)
    })
  })
}
