import { make } from './element.js'
import { clearFaults, field, markFaults } from './field.js'
import { leave } from './nav.js'
import { plain } from './plain.js'

/**
 * A form, and the place where it says what came of it.
 *
 * @param work gets what was typed; what it returns is said
 */
export function form({ fields = [], button, name, isPlain = false }, work) {
  const submit = make('button', { type: 'submit', 'aria-label': name }, button)
  const whole = make('form', { class: isPlain ? 'plain' : undefined }, ...fields.map(made))
  whole.append(submit, make('p', { class: 'said', role: 'status' }))
  whole.addEventListener('submit', async (event) => {
    event.preventDefault()
    // A second click does the work no second time.
    if (submit.ariaDisabled === 'true') return
    submit.ariaDisabled = 'true'
    clearFaults(whole)
    say(whole, '')
    try {
      say(whole, (await work(typedIn(whole))) ?? '')
    } catch (error) {
      say(whole, plain(error), true)
      markFaults(whole, error?.errors ?? [])
      if (error?.code === 'session_ended') leave()
    } finally {
      submit.ariaDisabled = null
    }
  })
  return whole
}

/** A field, or an element of the form's own. */
const made = (one) => (one instanceof Node ? one : field(one))

/** Says something below a form. */
export function say(whole, words, isFault = false) {
  const said = whole.querySelector('.said')
  said.textContent = words
  said.classList.toggle('bad', isFault)
}

/** The values by the names of their fields, without those that were left empty. */
const typedIn = (whole) =>
  Object.fromEntries([...new FormData(whole)].filter(([, value]) => value !== ''))
