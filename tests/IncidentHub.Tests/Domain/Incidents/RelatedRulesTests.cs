using IncidentHub.Domain.Incidents;

namespace IncidentHub.Tests.Domain.Incidents;

/// <summary>A series is arranged by people who may not see every member of it.</summary>
public sealed class RelatedRulesTests
{
    private static readonly Guid[] Ids = [.. Enumerable.Range(1, 6).Select(n => new Guid(n, 0, 0, new byte[8]))];

    [Theory]
    [InlineData("123", "123", "321", "321")]
    [InlineData("123", "123", "13", "13")]
    [InlineData("123", "12", "12", "123")]
    [InlineData("123", "12", "21", "231")]
    [InlineData("123", "13", "31", "312")]
    [InlineData("123", "23", "23", "123")]
    [InlineData("123", "13", "134", "1234")]
    [InlineData("1234", "14", "41", "4123")]
    [InlineData("123", "12", "2", "23")]
    [InlineData("", "1", "12", "12")]
    public void Members_that_the_person_does_not_see_stay_behind_the_one_that_they_followed(string before, string seen, string wanted,
        string next) => Assert.Equal(Of(next), RelatedRules.Arrange(Of(before), Of(seen).ToHashSet(), Of(wanted)));

    private static Guid[] Of(string digits) => [.. digits.Select(d => Ids[d - '1'])];
}
