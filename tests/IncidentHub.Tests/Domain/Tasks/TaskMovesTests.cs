using IncidentHub.Domain.Tasks;
using TaskStatus = IncidentHub.Domain.Tasks.TaskStatus;

namespace IncidentHub.Tests.Domain.Tasks;

public class TaskMovesTests
{
    [Theory]
    [InlineData(TaskKind.Fix, TaskStatus.Open, TaskStatus.AwaitingCheck, TaskMove.Complete)]
    [InlineData(TaskKind.Fix, TaskStatus.Open, TaskStatus.Closed, TaskMove.Complete)]
    [InlineData(TaskKind.Notify, TaskStatus.Open, TaskStatus.Closed, TaskMove.Complete)]
    [InlineData(TaskKind.General, TaskStatus.Open, TaskStatus.AwaitingCheck, null)]
    [InlineData(TaskKind.Fix, TaskStatus.AwaitingCheck, TaskStatus.Closed, TaskMove.Verify)]
    [InlineData(TaskKind.Fix, TaskStatus.AwaitingCheck, TaskStatus.Open, TaskMove.SendBack)]
    [InlineData(TaskKind.Fix, TaskStatus.AwaitingCheck, TaskStatus.Cancelled, TaskMove.Cancel)]
    [InlineData(TaskKind.General, TaskStatus.Open, TaskStatus.Cancelled, TaskMove.Cancel)]
    [InlineData(TaskKind.General, TaskStatus.Closed, TaskStatus.Open, TaskMove.Reopen)]
    [InlineData(TaskKind.General, TaskStatus.Cancelled, TaskStatus.Open, TaskMove.Reopen)]
    [InlineData(TaskKind.General, TaskStatus.Cancelled, TaskStatus.Closed, null)]
    [InlineData(TaskKind.Fix, TaskStatus.Closed, TaskStatus.AwaitingCheck, null)]
    public void A_move_on_the_board_is_one_of_the_commands_or_refused(TaskKind kind, TaskStatus from, TaskStatus to, TaskMove? move)
    {
        var meant = TaskMoves.Of(kind, from, to);
        Assert.Equal(move, meant.IsOk ? meant.Value : null);
        if (!meant.IsOk) Assert.NotEmpty(meant.Refusal!.Message);
    }
}
