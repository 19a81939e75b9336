SELECT COALESCE(MAX(v.Version), 1) AS Version FROM SevPolicyVersion v
