import { make } from './element.js'

let made = 0

/** A label, its input, a hint, and the place for what is wrong with it. With `options`, pairs of a value and its name, it is a choice. */
export function field({ name, label, hint, options, required = true, value, ...attributes }) {
  const id = `${name}-${++made}`
  const fault = make('span', { id: `${id}-fault`, class: 'fault', hidden: true })
  const describedBy = hint && `${id}-hint`
  const all = { id, name, required, 'aria-describedby': describedBy, ...attributes }
  const input = options
    ? make('select', all, ...options.map((option) => choice(option, value)))
    : make('input', { type: 'text', value, ...all })
  const below = hint ? [make('span', { id: describedBy, class: 'hint' }, hint), fault] : [fault]
  return make('div', { class: 'field' }, make('label', { for: id }, label), input, ...below)
}

const choice = ([value, name], chosen) =>
  make('option', { value, selected: value === chosen }, name)

/** Marks the fields that the service refuses, and goes to the first of them. */
export function markFaults(form, faults) {
  const marked = faults.map(({ path, message }) => {
    const input = form.elements.namedItem(path.split('.').at(-1))
    const fault = input && form.querySelector(`#${input.id}-fault`)
    if (!fault) return null
    fault.textContent = sentence(message, input)
    fault.hidden = false
    input.setAttribute('aria-invalid', 'true')
    input.setAttribute('aria-describedby', `${fault.id} ${hintOf(input)}`.trim())
    return input
  })
  marked.find(Boolean)?.focus()
}

/** The service leaves out what its sentence is about: "Is required in this country." */
function sentence(message, { labels, form }) {
  if (!/^(Is|Must|Has) /.test(message)) return message
  const subject = labels[0].textContent.replace(' (optional)', '')
  const country = form.elements.country?.value
  return `${subject} ${message[0].toLowerCase()}${message.slice(1)}`
    .replace('in this country', `for ${country} addresses`)
    .replace('of this country', `of ${country}`)
}

const hintOf = (input) => input.parentElement.querySelector('.hint')?.id ?? ''

export function clearFaults(form) {
  for (const fault of form.querySelectorAll('.fault')) fault.hidden = true
  for (const input of form.querySelectorAll('[aria-invalid]')) {
    input.removeAttribute('aria-invalid')
    const hint = hintOf(input)
    if (hint) input.setAttribute('aria-describedby', hint)
    else input.removeAttribute('aria-describedby')
  }
}

/** Fields that browsers know how to fill. */
export const email = { name: 'email', label: 'E-mail', type: 'email', autocomplete: 'username' }
export const password = {
  name: 'password',
  label: 'Password',
  type: 'password',
  autocomplete: 'current-password',
}
export const newPassword = {
  ...password,
  autocomplete: 'new-password',
  // For while it is shown: no browser corrects it, or sends it to be checked.
  spellcheck: 'false',
  autocapitalize: 'none',
}
