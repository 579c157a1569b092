import { card, make } from '../element.js'
import { form } from '../form.js'
import { commerce } from '../shop.js'

const says = {
  granted: 'You receive our newsletter.',
  pending: 'We have sent you a mail. Open its link to receive our newsletter.',
  withdrawn: 'You do not receive our newsletter.',
}

/** Consents have a history, and a grant of this one waits for the link of a mail. */
export function newsletter({ consents }) {
  const words = make('p', { role: 'status', tabindex: '-1' })
  const set = (button, state) =>
    form({ button, isPlain: true }, async () => {
      const input = { state, source: 'account', textVersion: '1' }
      show((await commerce.customers.setConsent('me', 'marketing', input)).state)
      // The button that had the focus is gone.
      words.focus()
    })
  const grant = set('Subscribe', 'granted')
  const withdraw = set('Unsubscribe', 'withdrawn')
  function show(state) {
    words.textContent = says[state]
    grant.hidden = state !== 'withdrawn'
    withdraw.hidden = !grant.hidden
  }
  show(consents.marketing ?? 'withdrawn')
  return card('Newsletter', words, grant, withdraw)
}
