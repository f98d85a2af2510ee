package search

import "github.com/fildefer/fildefer/feed"

// PostTexts are the texts of a post that answer questions, in the language of
// who asks first: title, words, cause, action, article. Of one that a moderator
// hid there is none.
func PostTexts(p *feed.Post, lang feed.Lang) []string {
	if p.Talk != nil && p.Talk.Hidden != nil {
		return nil
	}
	other := feed.English
	if lang == feed.English {
		other = feed.French
	}
	texts := []string{p.Title.Render(lang, p.Values), p.Text, p.Cause, p.Action, p.SKU, p.Title.Render(other, p.Values)}
	if p.Talk != nil && p.Talk.Card != nil {
		texts[2], texts[3] = p.Talk.Card.Cause, p.Talk.Card.Action
	}
	return texts
}

// PostTokens are what a post is indexed by, but for where it stands. The
// numbers in its title change with each sample and name nothing: without them
// most changes of a post leave its tokens as they are.
func PostTokens(p *feed.Post) []string {
	named := *p
	named.Values = feed.Values{}
	for name, v := range p.Values {
		if s, ok := v.(string); ok {
			named.Values[name] = s
		}
	}
	out := Tokens(PostTexts(&named, feed.French)...)
	if p.Talk != nil && p.Talk.Hidden == nil {
		for _, tag := range p.Talk.Tags {
			out = append(out, TagToken(tag))
		}
	}
	if len(out) == 0 {
		return nil
	}
	out = append(out, KindToken(p.Kind))
	if p.Author.Member != "" {
		out = append(out, AuthorToken(p.Author.Member))
	}
	return out
}

// CommentTokens are what a comment is indexed by, but for where it stands.
func CommentTokens(c feed.Comment) []string {
	c = c.Veiled()
	out := Tokens(c.Text)
	if len(out) == 0 {
		return nil
	}
	for _, m := range feed.Marks(c.Text, nil) {
		if m.Kind == feed.MarkTag {
			out = append(out, TagToken(m.Says))
		}
	}
	return append(out, AuthorToken(c.Author.Member))
}
