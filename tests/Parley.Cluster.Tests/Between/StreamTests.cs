using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using Parley.Cluster.Between;

namespace Parley.Cluster.Tests.Between;

public sealed class StreamTests
{
    private static readonly OutgoingStreamOptions Options = new(10_000, TimeSpan.FromSeconds(6), TimeSpan.FromMilliseconds(100));

    private readonly List<int> _heard = [];
    private readonly TaskCompletionSource _broken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _restarts;

    [Fact]
    public async Task Items_arrive_once_and_in_order_however_often_batches_or_their_answers_are_lost()
    {
        var (incoming, random, all) = (Incoming(), new Random(7), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        const int count = 20_000;
        await using var stream = new OutgoingStream(
            (batch, _) =>
            {
                if (random.Next(3) == 0) throw new IOException("The batch is lost");
                Assert.True(incoming.TryHear(batch));
                if (random.Next(3) == 0) throw new IOException("The answer is lost");
                if (_heard.Count == count) all.TrySetResult();
                return Task.FromResult(true);
            },
            Options with { RetryDelay = TimeSpan.Zero, MostBytes = int.MaxValue }, TimeProvider.System);

        for (var i = 0; i < count; i++) Assert.True(stream.TrySend(BitConverter.GetBytes(i)));
        await all.Task;

        Assert.Equal(Enumerable.Range(0, count), _heard);
        Assert.Equal(1, _restarts);
    }

    [Fact]
    public async Task One_batch_is_under_way_at_a_time_and_what_is_said_meanwhile_goes_with_the_next()
    {
        var incoming = Incoming();
        var (started, batches) = (new BlockingCollection<TaskCompletionSource<bool>>(), 0);
        await using var stream = new OutgoingStream(
            (batch, _) =>
            {
                batches++;
                Assert.True(incoming.TryHear(batch));
                var answer = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
                started.Add(answer, TestContext.Current.CancellationToken);
                return answer.Task;
            },
            Options, TimeProvider.System);

        stream.TrySend(BitConverter.GetBytes(0));
        var first = started.Take(TestContext.Current.CancellationToken);
        for (var i = 1; i <= 100; i++) stream.TrySend(BitConverter.GetBytes(i));
        Assert.Equal(1, batches);
        first.SetResult(true);
        started.Take(TestContext.Current.CancellationToken).SetResult(true);

        Assert.Equal(Enumerable.Range(0, 101), _heard);
        Assert.Equal(2, batches);
    }

    [Fact]
    public async Task A_node_that_takes_too_little_is_given_up()
    {
        await using var stream = Outgoing((_, end) => Task.Delay(Timeout.Infinite, end).ContinueWith(_ => false, TaskScheduler.Default));

        while (stream.TrySend(new byte[1_000]))
        {
        }

        await _broken.Task;
        Assert.False(stream.TrySend([1]));
    }

    [Fact]
    public async Task A_node_that_does_not_answer_is_given_up_when_patience_has_ended()
    {
        var time = new FakeTimeProvider();
        var tries = 0;
        await using var stream = new OutgoingStream(
            (_, _) =>
            {
                tries++;
                // Each try takes a second until it fails.
                time.Advance(TimeSpan.FromSeconds(1));
                throw new IOException("Nobody answers");
            },
            Options with { RetryDelay = TimeSpan.Zero }, time);
        stream.Broken += _broken.SetResult;

        stream.TrySend([1]);
        await _broken.Task;

        Assert.Equal(6, tries);
        Assert.False(stream.TrySend([2]));
    }

    [Fact]
    public async Task Who_has_missed_something_breaks_the_stream_and_hears_all_of_the_next()
    {
        var former = Incoming();
        await using (var lost = Outgoing((batch, _) => Task.FromResult(former.TryHear(batch with { Number = batch.Number + 1 }))))
        {
            lost.TrySend([1, 0, 0, 0]);
            await _broken.Task;
        }

        Assert.Empty(_heard);
        Assert.Equal(0, _restarts);
    }

    [Fact]
    public async Task A_node_that_begins_again_is_noticed_before_its_first_item()
    {
        var incoming = Incoming();
        for (var life = 0; life < 2; life++)
        {
            var delivered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var stream = Outgoing((batch, _) =>
            {
                Assert.True(incoming.TryHear(batch));
                delivered.SetResult();
                return Task.FromResult(true);
            });
            stream.TrySend(BitConverter.GetBytes(life));
            await delivered.Task;
        }

        Assert.Equal([0, 1], _heard);
        Assert.Equal(2, _restarts);
    }

    [Fact]
    public async Task To_dispose_of_a_stream_ends_what_is_under_way_and_is_no_break()
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var stream = Outgoing(async (_, end) =>
        {
            started.SetResult();
            await Task.Delay(Timeout.Infinite, end);
            return true;
        });
        stream.TrySend([1]);
        await started.Task;

        await stream.DisposeAsync();

        Assert.False(_broken.Task.IsCompleted);
        Assert.False(stream.TrySend([2]));
    }

    private IncomingStream Incoming() => new(item => _heard.Add(BitConverter.ToInt32(item)), _ => _restarts++);

    private OutgoingStream Outgoing(Func<Batch, CancellationToken, Task<bool>> deliver)
    {
        var stream = new OutgoingStream(deliver, Options, TimeProvider.System);
        stream.Broken += () => _broken.TrySetResult();
        return stream;
    }
}
