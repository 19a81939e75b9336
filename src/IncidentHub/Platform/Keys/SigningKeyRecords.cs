namespace IncidentHub.Platform.Keys;

/// <summary>A public key in JWK form (RFC 7517), P-256.</summary>
internal sealed record PublicJwk(string kid, string x, string y)
{
    public string kty => "EC";
    public string crv => "P-256";
    public string alg => "ES256";
    public string use => "sig";
}

/// <summary>When a key was created and when it signs; it is published from its creation.</summary>
/// <param name="SignsUntil">Null until a next key is created. For a key that was withdrawn before it signed, it equals the
/// beginning.</param>
/// <param name="Withdrawal">Null for a key that is trusted.</param>
internal sealed record SigningPeriod(PublicJwk Jwk, DateTimeOffset MadeAt, DateTimeOffset SignsFrom, DateTimeOffset? SignsUntil,
    KeyWithdrawal? Withdrawal = null)
{
    public string Kid => Jwk.kid;
}

/// <summary>When, by whom and why a key was withdrawn: its private half is known to others, or may be.</summary>
internal sealed record KeyWithdrawal(DateTimeOffset At, string By, string Reason);

internal sealed record KeyRow
{
    public required Guid Id { get; init; }
    public required string Purpose { get; init; }
    public required string? PublicX { get; init; }
    public required string? PublicY { get; init; }

    /// <summary>Encrypted by the master key.</summary>
    public required string Secret { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When a signing key stops signing; may be in the future.</summary>
    public required DateTimeOffset? RetiredAt { get; init; }

    public DateTimeOffset? WithdrawnAt { get; init; }
    public string? WithdrawnByName { get; init; }
    public string? WithdrawReason { get; init; }
}
