package api

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// origin is where the request comes from and whether it travelled encrypted. A
// proxy's word is taken only from the networks that were named.
func (s *server) origin(r *http.Request) (addr netip.Addr, secure bool) {
	addr, secure = remote(r.RemoteAddr), r.TLS != nil
	if !s.proxy(addr) {
		return addr, secure
	}
	secure = secure || strings.EqualFold(r.Header.Get("X-Forwarded-Proto"), "https")
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, hop := range slices.Backward(hops) {
		a, err := netip.ParseAddr(strings.TrimSpace(hop))
		if err != nil {
			break
		}
		if addr = a.Unmap(); !s.proxy(addr) {
			break
		}
	}
	return addr, secure
}

func (s *server) proxy(addr netip.Addr) bool {
	return slices.ContainsFunc(s.Proxies, func(p netip.Prefix) bool { return p.Contains(addr) })
}

// remote is the address of host:port, the zero address when there is none.
func remote(hostport string) netip.Addr {
	ap, err := netip.ParseAddrPort(hostport)
	if err != nil {
		return netip.Addr{}
	}
	return ap.Addr().Unmap().WithZone("")
}
