package rule

func (e *Engine) Adopt(set *Set) {}
