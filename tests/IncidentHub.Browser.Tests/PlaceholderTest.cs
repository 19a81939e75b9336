namespace IncidentHub.Tests;
public class PlaceholderTest { [Fact] public void Builds() { } }
