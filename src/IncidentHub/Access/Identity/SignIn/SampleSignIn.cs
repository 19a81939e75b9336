namespace IncidentHub.Access.Identity;

/// <summary>In Development: an account is sufficient.</summary>
internal sealed class SampleSignIn(People people, SessionCookie cookie)
{
    private static Refusal Unknown => Refusal.NotFound("The sample account");

    public async Task<Result<Person>> SignInAsync(HttpContext http, string account)
    {
        var person = account.Length is > 0 and <= PeopleLookup.MaxAccount
            ? await people.FindByAccountAsync(account, http.RequestAborted) : null;
        return person is not { IsActive: true } ? Unknown : await cookie.SignInAsync(http, person, SessionOrigin.Sample, async tx =>
        {
            await SignInRecords.SucceededAsync(tx, person, SignInMethod.Sample, SignInSource.Of(http));
            return null;
        });
    }
}
