import { companyPath } from './company'

/** The key that leads to the company's account, and back to this page. */
export function CompanyLink({ title, again }: { title: string; again?: boolean }) {
  return (
    <a class="key company" href={companyPath(location.pathname + location.search, again)}>
      {title}
    </a>
  )
}
