using Parley.Journal;
using Parley.Cluster.Between;
using Parley.Server.Hosting;
using Parley.Server.Ownership;
using Parley.Server.Tests.Ownership.Support;

namespace Parley.Cluster.Tests.Between;

/// <summary>One consumer with devices at two nodes: to him there is one server.</summary>
public sealed class TwoNodesTests
{
    [Fact]
    public async Task What_is_published_at_either_node_is_numbered_once_and_delivered_at_both()
    {
        await using var nodes = await TwoNodes.StartAsync();
        var (atA, atB) = (nodes.A.Consumer("ann"), nodes.B.Consumer("ann"));
        var id = await atB.OpenAsync();
        await atA.AnswerAsync(atA.Subscribe(id, 0));
        await atB.AnswerAsync(atB.Subscribe(id, 0));
        const int each = 500;

        var answers = await Task.WhenAll(new[] { atA, atB }.SelectMany(socket => Enumerable.Range(0, each).Select(n => socket.Say(id, $"{n}")).ToArray().Select(socket.AnswerAsync)));

        Assert.Equal(Enumerable.Range(0, 2 * each).Select(n => (long)n), answers.Select(answer => answer.Number()).Order());
        foreach (var socket in new[] { atA, atB })
        {
            await socket.WaitForAsync(r => r.Numbers.Contains(2 * each - 1));
            Assert.Equal(Enumerable.Range(0, 2 * each).Select(n => (long)n), socket.From(0).SelectMany(r => r.Numbers));
        }

        // What one socket says keeps its order, also when another node decides.
        foreach (var own in answers.Chunk(each)) Assert.Equal(own.Select(answer => answer.Number()).Order(), own.Select(answer => answer.Number()));
    }

    [Fact]
    public async Task Who_has_an_answer_reads_what_it_was_about_at_his_node()
    {
        await using var nodes = await TwoNodes.StartAsync();
        var (atA, atB) = (nodes.A.Consumer("ann"), nodes.B.Consumer("ann"));
        var id = await atA.OpenAsync();
        for (var round = 0; round < 200; round++)
        {
            var number = await (round % 2 == 0 ? atA : atB).SayAsync(id, $"{round}");
            var read = await (round % 3 == 0 ? atA : atB).AskAsync("ms.QueryMessages", new { dialogId = id, newerThanSequence = number - 1 });
            Assert.Equal(200, read.Code);
            Assert.Contains($"\"sequence\":{number}", read.Body.GetRawText());
        }
    }

    [Fact]
    public async Task A_repeat_at_the_other_node_gets_the_first_answer()
    {
        await using var nodes = await TwoNodes.StartAsync();
        var (atA, atB) = (nodes.A.Consumer("ann"), nodes.B.Consumer("ann"));
        var id = await atA.OpenAsync();

        Assert.Equal(0, await atB.SayAsync(id, "hello", eventId: "e1"));
        Assert.Equal(0, await atA.SayAsync(id, "hello", eventId: "e1"));
        Assert.Equal(0, await atB.SayAsync(id, "hello", eventId: "e1"));
        Assert.Equal(409, (await atB.AnswerAsync(atB.Say(id, "something else", eventId: "e1"))).Code);
        Assert.Equal(1, await atB.SayAsync(id, "hello"));
    }

    [Fact]
    public async Task Rules_hold_at_the_other_node_too()
    {
        await using var nodes = await TwoNodes.StartAsync();
        var (atA, stranger) = (nodes.A.Consumer("ann"), nodes.B.Consumer("bob"));
        var foreign = nodes.B.Consumer("ann", account: TestMessaging.OtherAccount);
        var id = await atA.OpenAsync();

        Assert.Equal(403, (await stranger.AnswerAsync(stranger.Say(id, "hello"))).Code);
        Assert.Equal(404, (await foreign.AnswerAsync(foreign.Say(id, "hello"))).Code);
        Assert.Equal(404, (await foreign.AnswerAsync(foreign.Subscribe(id, 0))).Code);
    }

    [Fact]
    public async Task A_list_shows_what_the_other_node_decides_also_of_conversations_that_are_not_in_memory()
    {
        await using var nodes = await TwoNodes.StartAsync();
        var (atA, atB) = (nodes.A.Consumer("ann"), nodes.B.Consumer("ann"));
        var first = await atA.OpenAsync();
        var (list, _) = await atB.ListAsync();

        var second = await atA.OpenAsync("another");
        await atA.AnswerAsync(atA.Close(first));

        await atB.WaitForAsync(r => r.IsOfList(list) && r.Body.GetRawText().Contains(second));
        await atB.WaitForAsync(r => r.IsOfList(list) && r.Body.GetRawText() is var change && change.Contains(first) && change.Contains("\"CLOSE\""));
    }

    [Fact]
    public async Task What_a_node_decides_that_is_not_heard_any_more_is_read_from_the_store()
    {
        await using var nodes = await TwoNodes.StartAsync();
        var (atA, atB) = (nodes.A.Consumer("ann"), nodes.B.Consumer("ann"));
        var first = await atA.OpenAsync();
        await atB.AnswerAsync(atB.Subscribe(first, 0));
        var (list, _) = await atB.ListAsync();
        nodes.Cut();

        await atA.SayAsync(first, "unheard");
        var second = await atA.OpenAsync("another");
        await atA.AnswerAsync(atA.Close(first));

        await atB.WaitForAsync(r => r.Numbers.Contains(0));
        await atB.WaitForAsync(r => r.IsOfList(list) && r.Body.GetRawText().Contains(second));
        await atB.WaitForAsync(r => r.IsOfList(list) && r.Body.GetRawText() is var change && change.Contains(first) && change.Contains("\"CLOSE\""));
    }

    [Fact]
    public async Task Conversations_change_hands_while_both_sides_write_and_nothing_is_lost_doubled_or_refused()
    {
        await using var nodes = await TwoNodes.StartAsync();
        var (atA, atB) = (nodes.A.Consumer("ann"), nodes.B.Consumer("ann"));
        var id = await atA.OpenAsync();
        await atA.AnswerAsync(atA.Subscribe(id, 0));
        await atB.AnswerAsync(atB.Subscribe(id, 0));
        const int rounds = 10, each = 60;
        var sent = new List<Task<Received>>();

        for (var round = 0; round < rounds; round++)
        {
            foreach (var socket in new[] { atA, atB })
            {
                for (var n = 0; n < each; n++) sent.Add(socket.AnswerAsync(socket.Say(id, $"{round} {n}")));
            }

            await nodes.HandOverAsync();
        }

        var answers = await Task.WhenAll(sent);
        var all = Enumerable.Range(0, sent.Count).Select(n => (long)n);
        Assert.Equal(all, answers.Select(answer => answer.Number()).Order());

        // What one of them says is numbered as he says it: once, what came back from a node that decided no longer went behind what had been said after it.
        foreach (var own in answers.Chunk(each).Index().GroupBy(chunk => chunk.Index % 2, chunk => chunk.Item))
        {
            var numbers = own.SelectMany(chunk => chunk).Select(answer => answer.Number()).ToList();
            Assert.Equal(numbers.Order(), numbers);
        }

        foreach (var socket in new[] { atA, atB })
        {
            await socket.WaitForAsync(r => r.Numbers.Contains(sent.Count - 1));
            Assert.Equal(all, socket.From(0).SelectMany(r => r.Numbers));
        }
    }

    [Fact]
    public async Task A_node_that_stops_sends_its_clients_to_the_others_one_after_the_other_and_serves_those_that_are_left()
    {
        await using var nodes = await TwoNodes.StartAsync(limits: new LimitOptions { ClosuresPerSecond = 10 });
        var sockets = Enumerable.Range(0, 30).Select(i => nodes.A.Consumer($"consumer{i}")).ToList();
        var stopped = nodes.A.DrainAsync();
        await await Task.WhenAny(sockets.Select(socket => socket.ClosedAsync()));

        var left = sockets.FindAll(socket => socket.CloseCode is null);
        Assert.InRange(left.Count, sockets.Count / 2, sockets.Count - 1);
        await await Task.WhenAny(left.Select(socket => socket.OpenAsync()));
        await stopped;
        Assert.All(sockets, socket => Assert.Equal(1001, socket.CloseCode));
    }

    [Fact]
    public async Task A_node_is_gone_while_it_is_asked_and_what_can_be_repeated_is_answered_by_the_next()
    {
        await using var nodes = await TwoNodes.StartAsync();
        var (atB, other) = (nodes.B.Consumer("ann"), nodes.B.Consumer("ann"));
        var id = await atB.OpenAsync();
        await atB.SayAsync(id, "before");
        nodes.Cut();
        var repeatable = atB.AnswerAsync(atB.Say(id, "with an id", eventId: "e1"));
        other.Say(id, "without");
        await atB.SyncAsync();
        await other.SyncAsync(); // both were asked of the node that is about to go

        await nodes.LoseFirstAsync();

        Assert.Equal(1, (await repeatable).Number());
        await other.ClosedAsync();
    }

    /// <summary>He was answered 503, which says that nothing is stored, when the node that he had been passed on to was gone and nobody took its place in time: it may have stored the message before it went.</summary>
    [Fact]
    public async Task Who_was_passed_on_to_a_node_that_is_gone_is_never_told_that_nothing_is_stored()
    {
        await using var nodes = await TwoNodes.StartAsync(TimeSpan.FromMilliseconds(500));
        var (passedOn, atB) = (nodes.B.Consumer("ann"), nodes.B.Consumer("ann"));
        var id = await atB.OpenAsync();
        nodes.Cut();
        var answer = passedOn.AnswerAsync(passedOn.Say(id, "on its way", eventId: "e1"));
        await passedOn.SyncAsync();

        await nodes.LoseFirstAsync(isFollowed: false);
        Assert.Equal(503, (await atB.AnswerAsync(atB.Say(id, "asked of nobody", eventId: "e2"))).Code);

        await passedOn.ClosedAsync();
        Assert.False(answer.IsCompletedSuccessfully);
    }

    /// <summary>The subscription was given to the object that had been asked, which was gone by the time of the answer: it replayed, and was sent nothing that came later.</summary>
    [Fact]
    public async Task Who_subscribes_while_a_conversation_changes_hands_is_sent_what_comes_afterwards()
    {
        await using var nodes = await TwoNodes.StartAsync();
        var (subscriber, writer) = (nodes.B.Consumer("ann"), nodes.B.Consumer("ann"));
        var id = await writer.OpenAsync();
        await writer.SayAsync(id, "before");
        await nodes.LoseFirstAsync(isFollowed: false);
        var subscribed = subscriber.Subscribe(id, 0);
        await subscriber.SyncAsync();

        nodes.Follow();
        await subscriber.AnswerAsync(subscribed);
        await subscriber.WaitForAsync(r => r.Numbers.Contains(0));
        await writer.SayAsync(id, "after");

        await subscriber.WaitForAsync(r => r.Numbers.Contains(1));
    }

    /// <summary>What was written about a conversation that the agent's node had not in memory was shown in his list, and not sent to him.</summary>
    [Fact]
    public async Task An_agent_is_sent_what_the_other_node_decides_also_of_a_conversation_that_is_not_in_memory()
    {
        await using var nodes = await TwoNodes.StartAsync();
        var agent = await nodes.A.AddAgentAsync("agent");
        var id = await nodes.A.OpenAssignedAsync("ann", agent);
        var (consumer, atB) = (nodes.A.Consumer("ann"), nodes.B.Agent(agent, known: nodes.A));

        await consumer.SayAsync(id, "hello");

        await atB.WaitForAsync(r => r.Numbers.Contains(0));
    }

    /// <summary>Nobody had told his node that he was gone, which had read it: his subscription was read on and went live again, private notes included.</summary>
    [Fact]
    public async Task Who_is_taken_out_of_a_conversation_while_his_node_hears_nothing_is_sent_nothing_of_it_any_more()
    {
        await using var nodes = await TwoNodes.StartAsync();
        var agent = await nodes.A.AddAgentAsync("agent");
        var id = await nodes.A.OpenAssignedAsync("ann", agent);
        var (consumer, atA) = (nodes.A.Consumer("ann"), nodes.A.Agent(agent));
        var (reader, atB) = (nodes.B.Consumer("ann"), nodes.B.Agent(agent, known: nodes.A));
        foreach (var socket in new[] { reader, atB }) await socket.AnswerAsync(socket.Subscribe(id, 0));
        nodes.Cut();

        var leave = new { field = "ParticipantsChange", type = "REMOVE", role = "ASSIGNED_AGENT" };
        Assert.Equal(200, (await atA.AskAsync("cm.UpdateConversationField", new { conversationId = id, conversationField = new[] { leave } })).Code);
        foreach (var number in new[] { 0L, 1 })
        {
            await consumer.SayAsync(id, $"without him {number}");
            await reader.WaitForAsync(r => r.Numbers.Contains(number)); // read, each in another silence
        }

        await atB.SyncAsync();
        Assert.Empty(atB.From(0).SelectMany(r => r.Numbers));
    }

    /// <summary>He was never answered: the outcome was in the stream that had ended, and the one that he had been asked in went on.</summary>
    [Fact]
    public async Task Who_waits_for_an_outcome_that_was_lost_with_its_stream_is_answered_all_the_same()
    {
        await using var nodes = await TwoNodes.StartAsync();
        var (atA, atB) = (nodes.A.Consumer("ann"), nodes.B.Consumer("ann"));
        var id = await atA.OpenAsync();
        await atA.AnswerAsync(atA.Subscribe(id, 0));
        await atB.SayAsync(id, "both streams have begun");
        nodes.LoseStreamOfFirst();
        var answer = atB.AnswerAsync(atB.Say(id, "once", eventId: "e1"));
        await atA.WaitForAsync(r => r.Numbers.Contains(1));

        Assert.Equal(1, (await answer).Number());
        Assert.Equal(2, (await atB.AnswerAsync(atB.Say(id, "and on", eventId: "e2"))).Number());
    }

    /// <summary>The others were lost, and counted as heard.</summary>
    [Fact]
    public async Task One_item_that_makes_no_sense_does_not_keep_the_others_of_its_batch_from_being_heard()
    {
        await using var nodes = await TwoNodes.StartAsync();
        var ben = new PresentUser(TestMessaging.Account, "ben", IsAgent: false);
        Assert.True(nodes.FirstHears([(byte)ItemKind.Events, 0xFF], NewsCodec.Present([ben])));
        Assert.True(nodes.A.Services.Connections.Elsewhere.Has(ben));
    }

    /// <summary>
    /// Agents are sent what is written without a subscription that could be read on. What was decided while their node had given a conversation up was never sent to them; and who had
    /// a subscription was sent by the object that had given up what he was read as well.
    /// </summary>
    [Fact]
    public async Task Conversations_change_hands_and_agents_with_and_without_a_subscription_are_sent_everything_once_and_in_order()
    {
        await using var nodes = await TwoNodes.StartAsync();
        var agent = await nodes.A.AddAgentAsync("agent");
        var id = await nodes.A.OpenAssignedAsync("ann", agent);
        TestSocket[] writers = [nodes.A.Consumer("ann"), nodes.B.Consumer("ann")];
        TestSocket[] subscribed = [nodes.A.Agent(agent), nodes.B.Agent(agent, known: nodes.A)], readers = [.. subscribed, nodes.A.Agent(agent), nodes.B.Agent(agent, known: nodes.A)];
        foreach (var socket in subscribed) await socket.AnswerAsync(socket.Subscribe(id, 0));
        var sent = new List<Task<Received>>();

        for (var round = 0; round < 10; round++)
        {
            foreach (var socket in writers)
            {
                for (var n = 0; n < 60; n++) sent.Add(socket.AnswerAsync(socket.Say(id, $"{round} {n}")));
            }

            await nodes.HandOverAsync();
        }

        await Task.WhenAll(sent);
        foreach (var socket in readers)
        {
            await socket.WaitForAsync(r => r.Numbers.Contains(sent.Count - 1));
            Assert.Equal(Enumerable.Range(0, sent.Count).Select(n => (long)n), socket.From(0).SelectMany(r => r.Numbers));
        }
    }

    /// <summary>A node without a lease, which the others took for gone, was answered by them and told nothing: its clients read what had been so when it began to ask.</summary>
    [Fact]
    public async Task Who_is_taken_for_gone_and_asks_reads_what_was_acknowledged_before()
    {
        await using var nodes = await TwoNodes.StartAsync();
        nodes.TakeSecondForGone();
        var (atA, atB) = (nodes.A.Consumer("ann"), nodes.B.Consumer("ann"));
        var id = await atA.OpenAsync();
        for (var round = 0; round < 20; round++)
        {
            var number = await atA.SayAsync(id, $"{round}");
            Assert.Contains($"\"sequence\":{number}", (await atB.AskAsync("ms.QueryMessages", new { dialogId = id, newerThanSequence = number - 1 })).Body.GetRawText());
        }
    }

    [Fact]
    public async Task An_agent_who_missed_more_than_a_socket_is_sent_at_once_begins_afresh()
    {
        await using var nodes = await TwoNodes.StartAsync();
        var agent = await nodes.A.AddAgentAsync("agent");
        var id = await nodes.A.OpenAssignedAsync("ann", agent);
        var (consumer, atB) = (nodes.A.Consumer("ann"), nodes.B.Agent(agent, known: nodes.A));
        await consumer.SayAsync(id, "heard");
        await atB.WaitForAsync(r => r.Numbers.Contains(0));
        nodes.Cut();

        string last = "";
        for (var n = 0; n <= 1000; n++) last = consumer.Say(id, $"{n}");
        await consumer.AnswerAsync(last);

        await atB.ClosedAsync();
        Assert.Equal(1013, atB.CloseCode);
        Assert.Equal([0], atB.From(0).SelectMany(r => r.Numbers));
    }
}
