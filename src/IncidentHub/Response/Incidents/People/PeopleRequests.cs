using IncidentHub.Domain.Incidents;

namespace IncidentHub.Response.Incidents;

// Everything is nullable: what is missing is refused by the rules, at its field, not by the reader of JSON.

internal sealed record RoleBody(IncidentRole? Role, string? Account, int? ExpectedVersion);
