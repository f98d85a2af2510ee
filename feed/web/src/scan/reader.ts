import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url'

const formats = ['ean_13', 'ean_8', 'upc_a', 'qr_code'] as const
type Format = (typeof formats)[number]

/** What browsers that read barcodes themselves offer. */
type Detector = { detect: (source: HTMLVideoElement) => Promise<{ rawValue: string }[]> }
type DetectorClass = { new (options: { formats: Format[] }): Detector; getSupportedFormats: () => Promise<readonly string[]> }

/** Reads the barcodes in a picture. */
export type Reader = { read: (video: HTMLVideoElement) => Promise<string[]> }

/**
 * The browser's own reader where it knows our codes, else ours, which is loaded
 * when it is first needed and served by ourselves.
 */
export async function openReader(): Promise<Reader> {
  const detector = (await native()) ?? (await ours())
  return { read: async (video) => (await detector.detect(video)).map((code) => code.rawValue) }
}

async function native(): Promise<Detector | undefined> {
  const known = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector
  if (!known) return undefined
  try {
    const supported = await known.getSupportedFormats()
    return formats.every((format) => supported.includes(format)) ? new known({ formats: [...formats] }) : undefined
  } catch {
    return undefined
  }
}

async function ours(): Promise<Detector> {
  const { BarcodeDetector, prepareZXingModule } = await import('barcode-detector/ponyfill')
  await prepareZXingModule({ overrides: { locateFile: () => wasm }, fireImmediately: true })
  return new BarcodeDetector({ formats: [...formats] })
}
