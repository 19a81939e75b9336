using IncidentHub.Domain.Incidents;

namespace IncidentHub.Tests.Domain.Incidents;

public class IncidentCodeTests
{
    [Theory]
    [InlineData("INC-1", "INC-1")]
    [InlineData(" inc-123 ", "INC-123")]
    [InlineData("INC-R7K2QD", "INC-R7K2QD")]
    [InlineData("inc-r7k2qd", "INC-R7K2QD")]
    public void A_code_is_read_however_it_is_typed(string typed, string code)
    {
        Assert.True(IncidentCode.TryNormalise(typed, out var read));
        Assert.Equal(code, read);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("INC-")]
    [InlineData("INC-0")]
    [InlineData("INC-007")]
    [InlineData("INC-12345678901")]
    [InlineData("INC-7K2QDR")]
    [InlineData("INC-R7K2Q")]
    [InlineData("INC-R7K2QD9")]
    [InlineData("INC-RA1OIL")]
    [InlineData("F-88")]
    [InlineData("INC-1'; DROP TABLE Incident--")]
    public void What_cannot_be_a_code_is_not_looked_up(string? typed) => Assert.False(IncidentCode.TryNormalise(typed, out _));

    [Fact]
    public void A_random_code_is_a_code_and_never_a_number()
    {
        var random = new Random(42);
        for (var i = 0; i < 2000; i++)
        {
            var code = IncidentCode.Restricted(random.Next);
            Assert.True(IncidentCode.TryNormalise(code, out var back));
            Assert.Equal(code, back);
            Assert.True(char.IsAsciiLetterUpper(code[4]));
        }
    }
}
