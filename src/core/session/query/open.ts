import { sqlType } from '#db/sql-type'
import { useCase } from '#db/use-case'
import {
  insertSession,
  loginParams,
  mayLogIn,
  newSessionParams,
  selectCustomerIdsWhere,
  unboundSessionValues,
} from './insert.ts'
import { openedSession } from './opened-session.ts'

const params = { ...newSessionParams, ...loginParams, currency: sqlType.text }

/** Opens a session for a customer who may log in, and answers with the customer. No row: no session was opened. */
export const openSession = useCase('open_session', params, (p) => {
  const who = mayLogIn(p)
  return [
    selectCustomerIdsWhere(who).for('share'),
    insertSession({ ...p, ...unboundSessionValues }, who),
    openedSession(p),
  ]
})
