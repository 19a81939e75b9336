namespace IncidentHub.Platform.Http;

/// <summary>The version that was read; without it no version is checked.</summary>
internal sealed record VersionBody(int? ExpectedVersion);
