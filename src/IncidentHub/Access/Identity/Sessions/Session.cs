namespace IncidentHub.Access.Identity;

/// <summary>How somebody signed in.</summary>
internal enum SignInMethod { Sample, Password, Passkey, Provider }

/// <summary>Why a session ended before its time.</summary>
internal enum SessionEnd
{
    SignedOut, Replaced, EndedByPerson, EndedByAdministrator, PasswordChanged, SecondFactorChanged, Deactivated, EndedByProvider,
}

/// <summary>How a session begins.</summary>
/// <param name="Provider">The name of the identity provider in the configuration.</param>
/// <param name="Issuer">The provider's <c>iss</c>.</param>
/// <param name="ProviderSession">The provider's <c>sid</c>, by which it ends the session.</param>
/// <param name="SecondFactor">What was shown after the password.</param>
internal sealed record SessionOrigin(SignInMethod Method, string? Provider = null, string? Issuer = null, string? ProviderSession = null,
    SecondFactor? SecondFactor = null)
{
    public static readonly SessionOrigin Sample = new(SignInMethod.Sample);
}

/// <summary>A session that has not ended; whether it has expired is asked of <see cref="SessionRegistry"/>.</summary>
internal sealed record Session
{
    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset LastSeenAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>Announced after the commit that ended the session.</summary>
internal sealed record SessionEnded(Guid SessionId);

/// <summary>Announced after the commit that changed the name, the roles or the state of a person.</summary>
internal sealed record PersonChanged(Guid PersonId);
