using System.Threading.Channels;
using Parley.Conversations;
using Parley.Conversations.Commands;
using Parley.Conversations.Routing;
using Parley.Journal;
using Parley.Protocol.Dialects;
using Parley.Protocol.Records;
using Parley.Server.Gateway;
using Parley.Server.Gateway.Frames;
using Parley.Server.Hours;
using Parley.Server.Identity;
using Parley.Server.Ownership;

namespace Parley.Server.Routing;

/// <summary>
/// The single writer of one account's routing: queue, presence, reservations. Everything reaches it as a message and is
/// handled one at a time; its decisions go to conversations as commands and come back as committed states.
/// </summary>
internal sealed class AccountRouter : IDisposable
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);
    private const long ShortestWake = 1;
    private const long LongestWake = 86_400_000; // a timer takes no more than some weeks; a turn too many does no harm

    private readonly Channel<Action> _mailbox = Channel.CreateUnbounded<Action>(new() { SingleReader = true });
    private readonly RoutingTable _table = new();
    private readonly Attendance _attendance;
    private readonly HashSet<Connection> _followers = []; // of states, whoever's
    private readonly string _accountId;
    private readonly RouterServices _services;
    private readonly ITimer _wake;
    private RoutingRules _rules = RoutingRules.Default;
    private TimeZoneInfo _zone;
    private DayStatistics _today;
    private readonly Task _running;
    private volatile TaskCompletionSource _nextChange = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _returnsWhenGone;
    private readonly AgentCensus _census = new();
    private bool _hasChanged;
    private bool _hasActed;
    private bool _isRecheckDue;
    private ConsumerPresence? _rechecked; // was told of conversations as they had been read
    private long _lastRing;

    /// <param name="accountId">The account.</param>
    /// <param name="services">What all routers share.</param>
    /// <param name="isNew">Whether nothing happened in the account before.</param>
    public AccountRouter(string accountId, RouterServices services, bool isNew)
    {
        (_accountId, _services) = (accountId, services);
        Figures = new RoutingFigures(accountId, 0, 0, null, 0, _census.ByState);
        _wake = services.Time.CreateTimer(_ => Change(() => { }), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _attendance = new Attendance(accountId, services, () => Settings, pid => Change(() => GraceOver(pid)));
        _zone = WorkingHours.ZoneOf(Settings.WorkingHours);
        _today = NewDay();
        if (isNew) _today.Complete([], _rules);
        RulesChanged();
        foreach (var (pid, state) in services.States.AtStart(accountId))
        {
            _attendance.Restore(pid, state);
            Change(() => AgentChanged(pid));
        }

        _running = Task.Run(RunAsync);
    }

    /// <summary>How things stand, as of the last turn; whatever asks costs routing nothing.</summary>
    public RoutingFigures Figures { get; private set; }

    /// <summary>An operator changed the account, its agents or its skills.</summary>
    public void RulesChanged() => Change(() =>
    {
        _rules = AccountRules.Of(Settings, _services.Agents.Skills(_accountId));
        _table.SetRules(_rules);
        foreach (var agent in _services.Agents.All(_accountId)) Set(agent);
        if (Settings.ReturnWhenGone && !_returnsWhenGone) ReturnAllOfGone();

        _returnsWhenGone = Settings.ReturnWhenGone;
        if (WorkingHours.ZoneOf(Settings.WorkingHours) is var zone && !zone.Equals(_zone))
        {
            _zone = zone;
            _today = NewDay();
            CompleteToday();
        }
    });

    /// <summary>Whether this node makes the offers and ends the rings of the account.</summary>
    public bool Acts => _services.Nodes.Routes(_accountId);

    /// <summary>
    /// Another node may act than before. Whoever begins to act has heard of everything, but maybe not what agents said to a node that has gone; and somebody may have
    /// gone for good while nobody acted.
    /// </summary>
    public void OwnerChanged() => Change(() =>
    {
        var begins = Acts && !_hasActed;
        _hasActed = Acts;
        if (!begins) return;
        _ = RestoreAsync();
        if (Settings.ReturnWhenGone) ReturnAllOfGone();
    });

    /// <summary>An agent who has a socket on another node said something there.</summary>
    public void HearState(string agentPid, AgentAvailability state, long saidAt) => Change(() =>
    {
        if (_attendance.Hear(agentPid, state, saidAt)) AgentChanged(agentPid);
    });

    /// <summary>An agent's first socket on any other node opened or his last one there closed.</summary>
    public void ElsewhereChanged(string agentPid) => Change(() =>
    {
        _attendance.Refresh(agentPid);
        AgentChanged(agentPid);
    });

    /// <summary>Tells other nodes what those agents have said who are here.</summary>
    public void TellStates() => Post(_attendance.TellAll);

    /// <summary>
    /// Looks at the open conversations again. In a turn, so that what is told meanwhile is handled afterwards; until they could be read.
    /// </summary>
    public void Recheck(ConsumerPresence presence) => Change(() =>
    {
        try
        {
            _rechecked = presence;
            var open = _services.Journal.Query(new ConversationQuery(_accountId) { Stage = Stage.Open, Limit = int.MaxValue });
            var ids = open.Select(conversation => conversation.Id).ToHashSet();
            var closed = _table.Conversations.Where(known => !ids.Contains(known.Id)).Select(known => _services.Journal.Load(known.Id)).OfType<Conversation>().ToList();
            foreach (var conversation in open.Concat(closed))
            {
                var before = _table.Find(conversation.Id);
                if (before?.Version >= conversation.Version) continue;
                presence.Observe(before, conversation);
                See(before, conversation);
            }
        }
        catch (JournalUnavailableException)
        {
            if (_isRecheckDue) return;
            _isRecheckDue = true;
            Later(() =>
            {
                Post(() => _isRecheckDue = false);
                Recheck(presence);
            });
        }
    });

    /// <summary>An agent says whether he takes work.</summary>
    public void SetState(string agentPid, AgentAvailability state) => Change(() =>
    {
        _attendance.Set(agentPid, state);
        AgentChanged(agentPid);
    });

    /// <summary>An agent's first socket opened or his last one closed.</summary>
    public void PresenceChanged(string agentPid) => Change(() =>
    {
        _services.Nodes.TellPresence(new PresentUser(_accountId, agentPid, IsAgent: true), _attendance.IsHere(agentPid));
        _attendance.Refresh(agentPid);
        AgentChanged(agentPid);
    });

    /// <summary>A conversation went from one committed state to another: its agents hear of the rings that changed.</summary>
    public void Observe(Conversation? before, Conversation after) => Change(() => See(before, after));

    /// <summary>A conversation that was open when the process ended. Its rings end with the process where it is alone; else their agents may be on other nodes.</summary>
    public void Recover(Conversation conversation)
    {
        Change(() => _table.Observe(conversation));
        if (_services.Nodes.IsAlone && conversation.Rings.Any(r => r.State == RingState.Waiting))
            Give(conversation.Id, new EndRing(null, RingState.Cancelled), NoReply.Instance);
    }

    /// <summary>Counts what happened today before this process watched, beside everything else: it may be many conversations.</summary>
    public void CompleteToday() => Post(() =>
    {
        var day = Today();
        _ = Task.Run(() =>
        {
            try
            {
                IReadOnlyList<Conversation> changed = [.. _services.Journal.Query(new ConversationQuery(_accountId) { UpdatedFrom = day.Start, Limit = int.MaxValue })];
                Change(() => day.Complete(changed, _rules));
            }
            catch (Exception e)
            {
                LogMessages.TodayIsIncomplete(_services.Log, e, _accountId);
            }
        });
    });

    /// <summary>Begins a subscription to an agent's rings; the first notification holds those that wait.</summary>
    public void FollowRings(Connection connection, string subscriptionId, string agentPid) => Post(() =>
    {
        connection.Routing.Tasks.Add(subscriptionId);
        var rings = _table.Rings(agentPid).Select(r => _services.Rings.Record(r.Conversation, r.Ring)).ToList();
        connection.Notify(ServerFrame.Seal(RoutingNotifications.Tasks(Scratch.Notification, connection.Dialect, subscriptionId, rings)));
    });

    /// <summary>Tells whether a socket follows rings under this id.</summary>
    public void Renew(Connection connection, string subscriptionId, Action<bool> answer) => Post(() => answer(connection.Routing.Tasks.Contains(subscriptionId)));

    /// <summary>Begins a subscription to an agent's state; the first notification holds the current one.</summary>
    public void FollowState(Connection connection, string subscriptionId, AgentProfile agent) => Post(() =>
    {
        connection.Routing.States.Add((subscriptionId, agent.Pid));
        _followers.Add(connection);
        connection.Notify(ServerFrame.Seal(RoutingNotifications.AgentState(
            Scratch.Notification, connection.Dialect, subscriptionId, Record(agent, _attendance.StateOf(agent.Pid)))));
    });

    /// <summary>Reads what routing knows, between two turns.</summary>
    /// <param name="read">Gets the table, every agent's state by public id, and the time; keeps none of them.</param>
    public Task<T> ReadAsync<T>(Func<RoutingTable, Func<string, AgentAvailability>, long, T> read)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() =>
        {
            try
            {
                result.SetResult(read(_table, _attendance.StateOf, Now));
            }
            catch (Exception e)
            {
                result.SetException(e);
            }
        });
        return result.Task;
    }

    /// <summary>Reads the statistics of today, between two turns.</summary>
    public Task<T> ReadTodayAsync<T>(Func<DayStatistics, T> read) => ReadAsync((_, _, _) => read(Today()));

    /// <summary>Completes when something has happened since it was asked for: the queue, an agent, a ring.</summary>
    public Task NextChange => _nextChange.Task;

    public void Dispose()
    {
        _mailbox.Writer.TryComplete();
        _running.GetAwaiter().GetResult(); // what it was told before it still does, on its own thread
        _wake.Dispose();
        _attendance.Dispose();
    }

    private void See(Conversation? before, Conversation after)
    {
        // Where another node decides, a state can be read before it is heard, and who tells of it does not know what came before.
        before = _table.Find(after.Id) ?? before;
        if (before?.Version >= after.Version) return;
        if (after.Stage == Stage.Close) _rechecked?.Observe(before, after); // which may have been read as open when it had been closed
        _table.Observe(after);
        Today().Observe(before, after, _rules);
        var acts = Acts;
        if (acts) _services.Metrics.Observe(before, after);
        foreach (var ring in after.Rings)
        {
            if (before?.Rings.Contains(ring) == true) continue;
            _services.Rings.Deliver(after, ring);
            if (acts && after.AssignedAgent?.UserId == ring.AgentId && IsForNobody(ring)) Give(after.Id, new ReturnToQueue(ring.AgentId), NoReply.Instance);
        }
    }

    // After the grace time: his conversations wait for him, or somebody else has them.
    private void GraceOver(string agentPid)
    {
        if (!_attendance.Forget(agentPid)) return;
        AgentChanged(agentPid);
        if (Settings.ReturnWhenGone) ReturnAll(agentPid);
    }

    private void ReturnAllOfGone()
    {
        foreach (var agent in _services.Agents.All(_accountId).Where(agent => _attendance.IsGone(agent.Pid))) ReturnAll(agent.Pid);
    }

    private void ReturnAll(string agentPid)
    {
        if (!Acts) return;
        foreach (var id in _table.AssignedTo(agentPid)) Give(id, new ReturnToQueue(agentPid), NoReply.Instance);
    }

    // What was given to somebody while he went away: unasked, he never knew of it; asked, it is as if he had had it before.
    private bool IsForNobody(Ring ring) => ring.State switch
    {
        RingState.AutoAccept => !_attendance.IsConnected(ring.AgentId),
        RingState.Accepted => Settings.ReturnWhenGone && _attendance.IsGone(ring.AgentId),
        _ => false,
    };

    private AccountSettings Settings => _services.Accounts.Find(_accountId)?.Settings ?? AccountSettings.Default;

    // A day that began while this process watched has seen everything.
    private DayStatistics Today()
    {
        if (Now < _today.End) return _today;
        _today = NewDay();
        _today.Complete([], _rules);
        return _today;
    }

    private DayStatistics NewDay()
    {
        var (start, end) = LocalDay.Of(_zone, Now);
        return new(start, end);
    }

    private long Now => _services.Time.GetUtcNow().ToUnixTimeMilliseconds();

    private void Post(Action message) => _mailbox.Writer.TryWrite(message);

    // As Post, of what others may want to hear about.
    private void Change(Action message) => Post(() =>
    {
        _hasChanged = true;
        message();
    });

    private async Task RunAsync()
    {
        await foreach (var message in _mailbox.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            using (FlushBatch.Begin())
            {
                Do(message);
                while (_mailbox.Reader.TryRead(out var next)) Do(next);
                Do(TakeTurn);
            }

            if (!_hasChanged) continue;
            _hasChanged = false;
            var told = _nextChange;
            _nextChange = new(TaskCreationOptions.RunContinuationsAsynchronously);
            told.SetResult();
        }
    }

    // What goes wrong with one message must not end the routing of the whole account.
    private void Do(Action message)
    {
        try
        {
            message();
        }
        catch (Exception e)
        {
            LogMessages.TurnFailed(_services.Log, e, _accountId);
        }
    }

    private void TakeTurn()
    {
        var now = Now;
        var turn = _table.Next(now, Acts);
        foreach (var (id, ringId, state) in turn.RingEnds) Give(id, new EndRing(ringId, state), NoReply.Instance);
        _hasChanged |= turn.Offers.Count > 0;
        foreach (var offer in turn.Offers)
        {
            var agent = _services.Agents.Find(_accountId, offer.AgentId)!;
            _lastRing = Math.Max(now, _lastRing + 1); // a conversation that comes back within the same millisecond gets another id
            var ring = new OfferRing($"{offer.ConversationId}_{agent.Number}_{_lastRing}", agent.Pid, offer.Milliseconds)
            {
                AutoAccept = offer.AutoAccept, Need = offer.Need, Why = offer.Why,
            };
            Give(offer.ConversationId, ring, new OfferReply(() => Post(() => _table.Withdraw(offer)), () => WithdrawLater(offer)));
        }

        TellWaiting(turn.Untold, now);
        foreach (var (skillId, isBeyond, waiting) in turn.Alerts)
        {
            if (isBeyond) LogMessages.WaitsTooLong(_services.Log, _accountId, skillId, _rules.Of(skillId).WaitTarget / 1000 ?? 0, waiting);
            else LogMessages.WaitsNoLonger(_services.Log, _accountId, skillId, waiting);
        }

        Figures = new RoutingFigures(_accountId, _table.Waiting, _table.Overdue(now), _table.WaitingSince, _table.RingsWaiting, _census.ByState);
        var wait = turn.WakeAt is { } at ? TimeSpan.FromMilliseconds(Math.Clamp(at - now, ShortestWake, LongestWake)) : Timeout.InfiniteTimeSpan;
        _wake.Change(wait, Timeout.InfiniteTimeSpan);
        if (turn.WakeAt <= Now) Post(() => { }); // time went on meanwhile: the timer counts from now
    }

    // Finding one place costs a look at the whole queue, finding all of them little more.
    private void TellWaiting(IReadOnlyList<string> ids, long now)
    {
        if (ids.Count == 0 || Settings.WaitingMessage is not { } text) return;
        var asked = ids.ToHashSet();
        var places = ids.Count < 4 ? ids.Select(id => _table.PlaceOf(id, now)) : _table.Queue(now).Where(place => asked.Contains(place.Conversation.Id));
        foreach (var place in places)
        {
            if (place?.Conversation is not { WaitingSince: { } since } conversation) continue;
            var estimate = place.EstimatedWait ?? _rules.Of(conversation.SkillId).WaitTarget;
            Give(conversation.Id, new TellWaiting(AutoMessageText.Waiting(text, place.Position, estimate), since), NoReply.Instance);
        }
    }

    // A conversation that cannot be read must not end the routing of all others.
    private void Give(string conversationId, ConversationCommand command, CommandReply reply)
    {
        try
        {
            _services.Conversations.Execute(conversationId, null, command, reply);
        }
        catch (Exception e)
        {
            LogMessages.RoutingFailed(_services.Log, e, conversationId);
            reply.Unavailable();
        }
    }

    // Not at once: while the store has trouble, the offer would be made and fail again without end.
    private void WithdrawLater(Offer offer) => Later(() => Post(() => _table.Withdraw(offer)));

    private void Later(Action act) => Post(() =>
    {
        ITimer? timer = null;
        timer = _services.Time.CreateTimer(_ =>
        {
            act();
            Post(() => timer!.Dispose());
        }, null, RetryDelay, Timeout.InfiniteTimeSpan);
    });

    private async Task RestoreAsync()
    {
        try
        {
            var states = await _services.States.ReadAsync(_accountId);
            Change(() =>
            {
                foreach (var (pid, state) in states)
                {
                    if (_attendance.Restore(pid, state)) AgentChanged(pid);
                }
            });
        }
        catch (Exception e)
        {
            LogMessages.StatesNotRead(_services.Log, e, _accountId);
        }
    }

    private void AgentChanged(string agentPid)
    {
        if (_services.Agents.Find(_accountId, agentPid) is not { } agent) return;
        Set(agent);
        NotifyState(agent, _attendance.StateOf(agentPid));
    }

    private void Set(AgentProfile agent)
    {
        _table.SetAgent(agent.Pid, AccountRules.Of(agent, ReadinessOf(agent)));
        _census.Set(agent.Pid, agent.Enabled ? _attendance.StateOf(agent.Pid).State : null);
    }

    private Readiness ReadinessOf(AgentProfile agent) => agent.Enabled && _attendance.IsConnected(agent.Pid) ? _attendance.StateOf(agent.Pid).Readiness : Readiness.None;

    private void NotifyState(AgentProfile agent, AgentAvailability state)
    {
        var record = Record(agent, state);
        _followers.RemoveWhere(connection => connection.IsClosed);
        foreach (var connection in _followers)
        {
            foreach (var (subscriptionId, pid) in connection.Routing.States)
            {
                if (pid == agent.Pid)
                    connection.Notify(ServerFrame.Seal(RoutingNotifications.AgentState(Scratch.Notification, connection.Dialect, subscriptionId, record)));
            }
        }
    }

    private static AgentStateRecord Record(AgentProfile agent, AgentAvailability state) =>
        new(new UserName(agent.Pid, agent.OldId), state.State, state.Description);
}
