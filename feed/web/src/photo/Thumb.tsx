import { useEffect, useState } from 'preact/hooks'

/** A picture that is on this device only. */
export function Thumb({ photo, label }: { photo: Blob; label: string }) {
  const [address, setAddress] = useState<string>()
  useEffect(() => {
    const url = URL.createObjectURL(photo)
    setAddress(url)
    return () => URL.revokeObjectURL(url)
  }, [photo])
  return <img src={address} alt={label} />
}
