import { form } from '../form.js'
import { listCard } from '../list.js'
import { commerce } from '../shop.js'

/** Where the shopper is logged in. */
export const sessions = () =>
  listCard('Devices', {
    empty: 'No device is logged in.',
    items: () => commerce.auth.listSessions(),
    row: (one, change) => [
      `${browserOf(one.userAgent)}, since ${new Date(one.createdAt).toLocaleString()}${one.current ? ' (this device)' : ''}`,
      ...(one.current ? [] : [endForm(one, change)]),
    ],
  })

const endForm = ({ id, userAgent, createdAt }, change) => {
  const device = `${browserOf(userAgent)}, since ${new Date(createdAt).toLocaleString()}`
  return form({ button: 'Log out', name: `Log out ${device}`, isPlain: true }, () =>
    change(() => commerce.auth.endSessions(id), 'That device is logged out.', id),
  )
}

/** Browsers name others too, for old pages: the first that fits is meant. */
const browsers = [
  [/Edg\//, 'Edge'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]

const browserOf = (userAgent) =>
  browsers.find(([mark]) => mark.test(userAgent ?? ''))?.[1] ?? 'Another program'
