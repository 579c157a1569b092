import { kind } from '#db/kind'
import { useCase } from '#db/use-case'
import { customers, insertSession, loggingIn, mayLogIn, newSession, unbound } from './insert.ts'
import { openedSession } from './opened.ts'

const params = { ...newSession, ...loggingIn, currency: kind.text }

/** Opens a session for a customer who may log in, and answers with the customer. No row: no session was opened. */
export const openSession = useCase('open_session', params, (p) => {
  const who = mayLogIn(p)
  return [customers(who).for('share'), insertSession({ ...p, ...unbound }, who), openedSession(p)]
})
