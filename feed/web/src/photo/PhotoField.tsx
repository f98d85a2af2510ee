import { words } from '../i18n/lang'

const most = 3

type Props = { photos: Blob[]; onChange: (photos: Blob[]) => void }

/** Photos to send with words, from the camera or the gallery. */
export function PhotoField({ photos, onChange }: Props) {
  const add = (files: FileList | null): void => onChange([...photos, ...(files ?? [])].slice(0, most))
  return (
    <label class="photo-field">
      {words.value.photo}
      <input type="file" accept="image/*" capture="environment" multiple onChange={(e) => add(e.currentTarget.files)} />
    </label>
  )
}
