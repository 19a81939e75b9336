namespace IncidentHub.Domain.Programs;

/// <summary>Commands of a program.</summary>
public abstract record ProgramCommand;

/// <summary>Registers a program as a draft.</summary>
public sealed record RegisterProgram(Guid Id, string Code, ProgramDetails Details) : ProgramCommand;

/// <summary>Replaces the program's details.</summary>
public sealed record EditProgram(ProgramDetails Details) : ProgramCommand;

/// <summary>The program may collect from now on, unless paused.</summary>
public sealed record LaunchProgram : ProgramCommand;

/// <summary>Permanent. Only a final decision does it.</summary>
public sealed record TerminateProgram(string Reason) : ProgramCommand;

public sealed record ProgramRegistered(string Code, string Name) : DomainEvent;

/// <summary>The changed fields, as text.</summary>
/// <param name="ScopeChanged">What may be collected changed (categories, regions): the switch's epoch must rise.</param>
public sealed record ProgramEdited(IReadOnlyList<FieldChange> Changes, bool ScopeChanged) : DomainEvent;

public sealed record ProgramLaunched(DateTimeOffset At) : DomainEvent;

public sealed record ProgramTerminated(DateTimeOffset At, string Reason) : DomainEvent;

/// <summary>One field before and after, as text for people.</summary>
public sealed record FieldChange(string Field, string? Before, string? After);
