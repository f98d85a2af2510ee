package opcua

import (
	"context"
	"fmt"
	"time"

	"github.com/gopcua/opcua/ua"
)

// room is one subscription and how many items it still takes.
type room struct {
	id   uint32
	free int
}

// room returns a subscription that takes more items, a new one if need be.
func (s *subscriber) room(ctx context.Context) (*room, error) {
	for i := range s.rooms {
		if s.rooms[i].free > 0 {
			return &s.rooms[i], nil
		}
	}
	interval, keepAlive := s.cfg.publishing(), s.cfg.keepAlive()
	req := &ua.CreateSubscriptionRequest{
		RequestedPublishingInterval: float64(interval) / float64(time.Millisecond),
		RequestedMaxKeepAliveCount:  keepAlive,
		RequestedLifetimeCount:      max(uint32(sessionTimeout/interval), missedKeepAlives*keepAlive),
		MaxNotificationsPerPublish:  itemsPerSubscription,
		PublishingEnabled:           true,
	}
	res, err := call[*ua.CreateSubscriptionResponse](ctx, s.link.client, req)
	if err != nil {
		return nil, fmt.Errorf("create a subscription: %w", err)
	}
	period := time.Duration(res.RevisedPublishingInterval * float64(res.RevisedMaxKeepAliveCount) * float64(time.Millisecond))
	s.watch(res.SubscriptionID, missedKeepAlives*max(period, leastPeriod))
	s.log.InfoContext(ctx, "subscription created", "subscription", res.SubscriptionID,
		"interval", interval, "revised_interval_ms", res.RevisedPublishingInterval,
		"keep_alive", keepAlive, "revised_keep_alive", res.RevisedMaxKeepAliveCount,
		"revised_lifetime", res.RevisedLifetimeCount)
	s.rooms = append(s.rooms, room{res.SubscriptionID, itemsPerSubscription})
	return &s.rooms[len(s.rooms)-1], nil
}
