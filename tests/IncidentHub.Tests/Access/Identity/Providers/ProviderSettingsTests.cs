using IncidentHub.Access.Identity;

namespace IncidentHub.Tests.Access.Identity.Providers;

public sealed class ProviderSettingsTests
{
    [Fact]
    public void A_right_configuration_starts() => Assert.True(Validate(_ => { }).Succeeded);

    [Theory]
    [InlineData("name")]
    [InlineData("no way to sign in")]
    [InlineData("plain http")]
    [InlineData("no client")]
    [InlineData("twice")]
    [InlineData("machine without audience")]
    [InlineData("machine with the audience of people")]
    [InlineData("machine acts as a person")]
    [InlineData("machine enrols without a program")]
    [InlineData("machine with an unknown scope")]
    public void What_makes_no_sense_is_refused_at_the_start_by_its_key(string fault)
    {
        var result = Validate(s =>
        {
            var (p, m) = (s.Providers[0], s.Providers[0].Machines[0]);
            switch (fault)
            {
                case "name": p.Name = "Corp Inc"; break;
                case "no way to sign in": (s.LocalAccounts, s.Providers) = (false, []); break;
                case "plain http": p.Authority = "http://corp.example"; break;
                case "no client": p.ClientId = " "; break;
                case "twice": s.Providers.Add(p); break;
                case "machine without audience": m.Audience = ""; break;
                case "machine with the audience of people": m.Audience = p.ClientId; break;
                case "machine acts as a person": m.Scopes = ["write"]; break;
                case "machine enrols without a program": (m.Scopes, m.Programs) = (["enrol"], []); break;
                case "machine with an unknown scope": m.Scopes = ["everything"]; break;
            }
        });
        Assert.Contains("Identity:Providers", result.FailureMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Role.Account@corp.example", "role.account")]
    [InlineData("CORP\\account", "corpaccount")]
    [InlineData("Rôle Accoünt", "role.account")]
    [InlineData("日本", "person")]
    public void The_name_of_a_new_account_is_made_from_what_the_provider_calls_the_person(string stated, string account) =>
        Assert.Equal(account, AccountNames.Of(stated));

    private static Microsoft.Extensions.Options.ValidateOptionsResult Validate(Action<ProvidersSettings> change)
    {
        var settings = new ProvidersSettings
        {
            Providers =
            [
                new()
                {
                    Name = "corp",
                    Authority = "https://login.corp.example/",
                    ClientId = "hub",
                    Machines = [new() { ClientId = "ingest", Audience = "urn:hub", Scopes = ["gate"], Programs = ["MCI"] }],
                },
            ],
        };
        change(settings);
        return new ProviderSettingsValidation().Validate(null, settings);
    }
}
