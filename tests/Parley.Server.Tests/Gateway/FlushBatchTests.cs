using System.IO.Pipelines;
using Parley.Protocol;
using Parley.Server.Gateway;
using Parley.Server.Hosting;

namespace Parley.Server.Tests.Gateway;

/// <summary>
/// An answer that was given while its task was being awaited (a busy machine took the processor away between) waited in the
/// batch of a thread that then did something else: the client got it with that thread's next batch, or never.
/// </summary>
public sealed class FlushBatchTests
{
    private readonly Pipe _output = new(new PipeOptions(useSynchronizationContext: false));
    private readonly Connection _connection;

    public FlushBatchTests() =>
        _connection = new Connection("demo", Dialect.V3, new Transport(new Pipe().Reader, _output.Writer), new LimitOptions(), TimeProvider.System, new Ownership.Support.TestLifetime());

    [Fact]
    public void What_is_written_outside_a_batch_leaves_at_once()
    {
        _connection.Answer(_connection.TakeSlot(), "answer"u8);
        Assert.Equal(6, TakeArrived());
        _connection.Notify("notification"u8);
        Assert.Equal(12, TakeArrived());
    }

    [Fact]
    public void Frames_of_a_batch_leave_together_at_its_end()
    {
        using (FlushBatch.Begin())
        {
            _connection.Notify("one"u8);
            using (FlushBatch.Begin()) _connection.Notify("two"u8);
            Assert.Equal(0, TakeArrived());
        }

        Assert.Equal(6, TakeArrived());
    }

    [Fact]
    public void A_thread_of_a_journal_flushes_at_the_end_of_each_group_and_others_are_not_held_up_by_it()
    {
        long[] arrived = [];
        var journal = new Thread(() =>
        {
            FlushBatch.EndGroup();
            _connection.Notify("in the group"u8);
            var before = TakeArrived();
            FlushBatch.EndGroup();
            arrived = [before, TakeArrived()];
        });
        journal.Start();
        journal.Join();
        Assert.Equal([0, 12], arrived);

        _connection.Notify("elsewhere"u8);
        Assert.Equal(9, TakeArrived());
    }

    private long TakeArrived()
    {
        if (!_output.Reader.TryRead(out var result)) return 0;
        var length = result.Buffer.Length;
        _output.Reader.AdvanceTo(result.Buffer.End);
        return length;
    }

    private sealed record Transport(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
