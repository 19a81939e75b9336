using System.ComponentModel.DataAnnotations;
using IncidentHub.Domain.Incidents;

namespace IncidentHub.Response.Incidents;

// Everything is nullable: a missing value is refused by the rules, at its field, not by the JSON deserializer.

internal sealed record RoleBody([Required] IncidentRole? Role, [Required] string? Account, int? ExpectedVersion);
