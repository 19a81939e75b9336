(SELECT j.value FROM json_each(@Ids) j)
