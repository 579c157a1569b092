import { make } from './element.js'

let made = 0

/** A label, its input, and the place for what is wrong with it. */
export function field({ name, label, type = 'text', required = true, ...attributes }) {
  const id = `${name}-${++made}`
  const fault = make('span', { id: `${id}-fault`, class: 'fault', hidden: true })
  const input = make('input', { id, name, type, required, ...attributes })
  return make('div', { class: 'field' }, make('label', { for: id }, label), input, fault)
}

/** Marks the fields that the service refuses, and goes to the first of them. */
export function markFaults(form, faults) {
  const marked = faults.map(({ path, message }) => {
    const input = form.elements.namedItem(path.split('.').at(-1))
    const fault = input && form.querySelector(`#${input.id}-fault`)
    if (!fault) return null
    fault.textContent = message
    fault.hidden = false
    input.setAttribute('aria-invalid', 'true')
    input.setAttribute('aria-describedby', fault.id)
    return input
  })
  marked.find(Boolean)?.focus()
}

export function clearFaults(form) {
  for (const fault of form.querySelectorAll('.fault')) fault.hidden = true
  for (const input of form.querySelectorAll('[aria-invalid]')) {
    input.removeAttribute('aria-invalid')
    input.removeAttribute('aria-describedby')
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

export const address = [
  { name: 'line1', label: 'Street', autocomplete: 'address-line1' },
  { name: 'city', label: 'City', autocomplete: 'address-level2' },
  {
    name: 'state',
    label: 'State, where there is one',
    autocomplete: 'address-level1',
    required: false,
  },
  {
    name: 'postalCode',
    label: 'Postal code, where there is one',
    autocomplete: 'postal-code',
    required: false,
  },
  { name: 'country', label: 'Country, two letters', autocomplete: 'country', value: 'US' },
]
