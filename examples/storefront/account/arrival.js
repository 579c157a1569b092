import { form, say } from '../form.js'
import { commerce } from '../shop.js'

/** Seconds between two looks. A guest becomes part of the account within seconds, and at the latest by a sweep each minute. */
const PAUSES = [1, 2, 4, 8, 16, 32]
const MINUTE = 60_000

/** Looks for what has arrived: at a button, and by itself after a login. */
export function arrivals({ orders, addresses }) {
  const look = async () => {
    const [ordered, placed] = [await orders.look(), await addresses.look()]
    const found = [...count(ordered, 'order', 'orders'), ...count(placed, 'address', 'addresses')]
    return found.length === 0 ? '' : `New here: ${found.join(', ')}.`
  }
  const button = form(
    { button: 'Look again', name: 'Look again for orders', isPlain: true },
    async () => (await look()) || 'Nothing new.',
  )
  button.classList.add('line')
  if (Date.now() - Number(sessionStorage.getItem('entered')) < MINUTE) lookOn(button, look)
  return button
}

const count = (n, one, many) => (n === 0 ? [] : [`${n} ${n === 1 ? one : many}`])

/** Ends with the page and with the session. The next look makes up for one that fails. */
async function lookOn(button, look) {
  for (const seconds of PAUSES) {
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
    if (!button.isConnected || commerce.session === null) return
    const found = await look().catch(() => '')
    if (found !== '') say(button, found)
  }
}
