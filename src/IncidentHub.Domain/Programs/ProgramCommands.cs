namespace IncidentHub.Domain.Programs;

/// <summary>What can be asked of a program's record.</summary>
public abstract record ProgramCommand;

/// <summary>Enters a program; it starts as a draft.</summary>
public sealed record RegisterProgram(Guid Id, string Code, ProgramDetails Details) : ProgramCommand;

/// <summary>States the program anew.</summary>
public sealed record EditProgram(ProgramDetails Details) : ProgramCommand;

/// <summary>From now on it may collect, unless something pauses it.</summary>
public sealed record LaunchProgram : ProgramCommand;

/// <summary>For good. Only a final decision may ask for it.</summary>
public sealed record TerminateProgram(string Reason) : ProgramCommand;

public sealed record ProgramRegistered(string Code, string Name) : DomainEvent;

/// <summary>What changed, in words, field by field.</summary>
/// <param name="ScopeChanged">What may be collected changed (categories, regions): the switch's epoch must rise.</param>
public sealed record ProgramEdited(IReadOnlyList<FieldChange> Changes, bool ScopeChanged) : DomainEvent;

public sealed record ProgramLaunched(DateTimeOffset At) : DomainEvent;

public sealed record ProgramTerminated(DateTimeOffset At, string Reason) : DomainEvent;

/// <summary>One field before and after, as text for people.</summary>
public sealed record FieldChange(string Field, string? Before, string? After);
