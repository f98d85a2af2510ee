/** Why there is no picture. */
export type NoPicture = 'insecure' | 'noCamera' | 'denied'

/** An open camera. */
export type Camera = {
  stream: MediaStream
  /** Switches the lamp; absent where there is none. */
  torch?: (on: boolean) => Promise<void>
  close: () => void
}

/** Opens the camera at the back of the device, or says why that cannot be. */
export async function openCamera(): Promise<Camera | NoPicture> {
  if (!isSecureContext) return 'insecure'
  if (!navigator.mediaDevices?.getUserMedia) return 'noCamera'
  try {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } },
    })
    return camera(stream)
  } catch (err) {
    return err instanceof DOMException && (err.name === 'NotAllowedError' || err.name === 'SecurityError') ? 'denied' : 'noCamera'
  }
}

// The lamp is an image capture setting that TypeScript does not know.
type Lamp = { torch?: boolean }

function camera(stream: MediaStream): Camera {
  const [track] = stream.getVideoTracks()
  const lit = (track?.getCapabilities?.() as Lamp | undefined)?.torch === true
  return {
    stream,
    close: () => stream.getTracks().forEach((each) => each.stop()),
    ...(lit && { torch: (on: boolean) => track!.applyConstraints({ advanced: [{ torch: on } as Lamp as MediaTrackConstraintSet] }) }),
  }
}
