import { make } from './element.js'
import { clearFaults, field, markFaults } from './field.js'
import { leave } from './nav.js'
import { Declined, plain } from './plain.js'
import { setWaiting } from './waiting.js'

/**
 * A form, and the place where it says what came of it.
 *
 * @param says words for the refusals of the service that mean something of their own here, by their codes
 * @param isReset whether the fields are emptied when the work is done, for the next input
 * @param isOnce whether the fields go when the work is done, a typed password among them
 * @param work gets what was typed; what it returns is said: text, or a list of text and links
 */
export function form(options, work) {
  const {
    fields = [],
    button,
    name,
    says,
    isPlain = false,
    isOnce = false,
    isReset = false,
  } = options
  const submit = make('button', { type: 'submit', 'aria-label': name }, button)
  const whole = make('form', { class: isPlain ? 'plain' : undefined }, ...fields.map(made))
  whole.append(submit, make('p', { class: 'said', role: 'status' }))
  whole.addEventListener('submit', async (event) => {
    event.preventDefault()
    // A second click does the work no second time.
    if (submit.ariaDisabled === 'true') return
    setWaiting(submit, true)
    clearFaults(whole)
    say(whole, '')
    try {
      say(whole, (await work(typedIn(whole))) ?? '')
      if (isOnce) leaveWords(whole)
      if (isReset) whole.reset()
    } catch (error) {
      say(whole, plain(error, says), !(error instanceof Declined))
      markFaults(whole, error?.errors ?? [])
      if (error?.code === 'session_ended') leave()
    } finally {
      setWaiting(submit, false)
    }
  })
  return whole
}

/** A field, or an element of the form's own. */
const made = (one) => (one instanceof Node ? one : field(one))

/** Says something below a form: text, or a list of text and links. */
export function say(whole, words, isFault = false) {
  const said = whole.querySelector('.said')
  said.replaceChildren(...[words].flat())
  said.classList.toggle('bad', isFault)
}

/** Leaves of a form what it says, with the focus that the button had. */
function leaveWords(whole) {
  const said = whole.querySelector('.said')
  for (const part of [...whole.children]) if (part !== said) part.remove()
  said.tabIndex = -1
  said.focus()
}

/** The values by the names of their fields, without those that were left empty. */
const typedIn = (whole) =>
  Object.fromEntries([...new FormData(whole)].filter(([, value]) => value !== ''))
