/** A button that waits shows it, and does its work no second time meanwhile. */
export function setWaiting(button, isWaiting) {
  button.ariaDisabled = isWaiting ? 'true' : null
  button.ariaBusy = isWaiting ? 'true' : null
}
