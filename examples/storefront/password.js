import { make } from './element.js'
import { newPassword } from './field.js'
import { ShopError } from './plain.js'

/** The fields of a new password. It is typed twice, for nobody else can tell a typo from what was meant. */
export const typedTwice = (label = 'Password') => [
  { ...newPassword, label },
  { ...newPassword, name: 'again', label: `${label} again` },
  showBox(),
]

/** The password, if both fields have it. */
export function same({ password, again }) {
  if (password === again) return password
  const message = 'This is not the same password.'
  throw new ShopError('Check the marked fields.', [{ path: 'again', message }])
}

/** Shows the passwords of its form while they are typed, and hides them when they are sent. */
export function showBox() {
  const box = make('input', { type: 'checkbox' })
  const show = () => {
    for (const input of box.form.querySelectorAll('[autocomplete=new-password]'))
      input.type = box.checked ? 'text' : 'password'
  }
  const hide = () => {
    box.checked = false
    show()
  }
  box.addEventListener('change', () => {
    show()
    box.form.addEventListener('submit', hide, { once: true })
  })
  return make('label', { class: 'check' }, box, 'Show what I type')
}
