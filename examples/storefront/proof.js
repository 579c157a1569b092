import { askIn } from './dialog.js'
import { text } from './element.js'
import { password } from './field.js'
import { form } from './form.js'
import { Declined } from './plain.js'
import { commerce } from './shop.js'

/** Does what is dangerous. The service wants a proof for it that is younger than ten minutes; without one the shopper is asked. */
export async function withProof(work) {
  try {
    return await work()
  } catch (error) {
    if (error.code !== 'fresh_proof_required') throw error
    if (!(await askForProof())) throw new Declined('Nothing was changed.')
    return work()
  }
}

/** Whether the shopper has proven itself, in a dialog. */
const askForProof = () =>
  askIn('Is it still you?', (close) => {
    const prove = ({ button, fields, wrong }, reauthenticate) =>
      form({ button, fields, says: { invalid_credentials: wrong } }, async (input) => {
        await reauthenticate(input)
        close(true)
      })
    return [
      text('You logged in a while ago. Prove once more that it is you.'),
      prove(
        { button: 'Use the password', fields: [password], wrong: 'The password is wrong.' },
        (input) => commerce.auth.reauthenticate(input),
      ),
      prove({ button: 'Use a passkey', wrong: 'This passkey is not one of the account.' }, () =>
        commerce.auth.passkey.reauthenticate(),
      ),
    ]
  })
