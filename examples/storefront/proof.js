import { make, text } from './element.js'
import { password } from './field.js'
import { form } from './form.js'
import { commerce } from './shop.js'

/** Does what is dangerous. The service wants a proof for it that is younger than ten minutes; without one the shopper is asked. */
export async function withProof(work) {
  try {
    return await work()
  } catch (error) {
    if (error.code !== 'fresh_proof_required') throw error
    if (!(await askForProof())) return 'Nothing was changed.'
    return work()
  }
}

/** Whether the shopper has proven itself, in a dialog. */
function askForProof() {
  const dialog = make('dialog', { 'aria-labelledby': 'proof' })
  const prove = ({ button, fields, wrong }, reauthenticate) =>
    form({ button, fields, says: { invalid_credentials: wrong } }, async (input) => {
      await reauthenticate(input)
      dialog.close('proven')
    })
  const cancel = make('button', { type: 'button', class: 'plain' }, 'Cancel')
  cancel.addEventListener('click', () => dialog.close())
  dialog.append(
    make('h2', { id: 'proof' }, 'Is it still you?'),
    text('You logged in a while ago. Prove once more that it is you.'),
    prove(
      { button: 'Use the password', fields: [password], wrong: 'The password is wrong.' },
      (input) => commerce.auth.reauthenticate(input),
    ),
    prove({ button: 'Use a passkey', wrong: 'This passkey is not one of the account.' }, () =>
      commerce.auth.passkey.reauthenticate(),
    ),
    cancel,
  )
  document.body.append(dialog)
  dialog.showModal()
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove()
      resolve(dialog.returnValue === 'proven')
    })
  })
}
