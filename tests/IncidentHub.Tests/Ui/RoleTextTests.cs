using IncidentHub.Ui;

namespace IncidentHub.Tests.Ui;

public sealed class RoleTextTests
{
    [Theory]
    [InlineData("First responder", "FR")]
    [InlineData("responder", "RE")]
    [InlineData("é", "É")]
    [InlineData("𠮷野 家", "𠮷家")]
    [InlineData("👍🏽ok", "👍🏽O")]
    [InlineData("", "")]
    [InlineData(" - ", "")]
    public void Initials_are_whole_letters(string name, string expected) => Assert.Equal(expected, RoleText.Initials(name));
}
