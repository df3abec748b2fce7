using Orleans.Runtime;
using Parley.Cluster.Membership;
using Parley.Journal.Postgres;
using Parley.Journal.Tests.Postgres.Support;

namespace Parley.Cluster.Tests.Membership;

/// <summary>What Orleans asks of a membership table, through two handles as two nodes have them.</summary>
public sealed class MembershipTableTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private readonly PostgresMembershipTable _table, _same, _other;

    public MembershipTableTests()
    {
        _table = new PostgresMembershipTable(_database.Source, "cluster");
        _same = new PostgresMembershipTable(_database.Source, "cluster");
        _other = new PostgresMembershipTable(_database.Source, "cluster-2");
    }

    public async ValueTask InitializeAsync()
    {
        foreach (var table in (PostgresMembershipTable[])[_table, _same, _other]) await table.InitializeMembershipTableAsync(true);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task A_new_cluster_has_version_0_and_no_silo()
    {
        var data = await _table.ReadAllAsync();
        Assert.Empty(data.Members);
        Assert.Equal(0, data.Version.Version);
        Assert.NotEmpty(data.Version.VersionEtag);
    }

    [Fact]
    public async Task Nodes_that_start_at_the_same_time_make_one_table()
    {
        await using var database = new TestDatabase();
        var nodes = Enumerable.Range(0, 8).Select(_ => new PostgresMembershipTable(database.Source, "cluster")).ToList();
        await Task.WhenAll(nodes.Select(n => n.InitializeMembershipTableAsync(true)));
        var views = await Task.WhenAll(nodes.Select(n => n.ReadAllAsync()));
        Assert.Single(views.Select(Silos.Describe).Distinct());
        Assert.Equal(0, views[0].Version.Version);
    }

    [Fact]
    public async Task Initializing_again_changes_nothing()
    {
        await Insert(Silos.Entry(1));
        var before = Silos.Describe(await _table.ReadAllAsync());
        await _same.InitializeMembershipTableAsync(true);
        Assert.Equal(before, Silos.Describe(await _table.ReadAllAsync()));
    }

    [Fact]
    public async Task A_silo_that_is_inserted_is_read_as_it_was_given_by_every_node()
    {
        var before = (await _table.ReadAllAsync()).Version;
        await Insert(Silos.Entry(1));
        await Insert(Silos.Entry(2));
        foreach (var table in (PostgresMembershipTable[])[_table, _same])
        {
            var all = await table.ReadAllAsync();
            Assert.Equal(2, all.Version.Version);
            Assert.NotEqual(before.VersionEtag, all.Version.VersionEtag);
            Assert.Equal([Silos.Describe(Silos.Entry(1)), Silos.Describe(Silos.Entry(2))], all.Members.Select(m => Silos.Describe(m.Item1)).Order(StringComparer.Ordinal));
            var one = await table.ReadRowAsync(Silos.Address(2));
            Assert.Equal(all.Version, one.Version);
            Assert.Equal(Silos.Describe(Silos.Entry(2)), Silos.Describe(Assert.Single(one.Members).Item1));
            Assert.Equal(all.TryGet(Silos.Address(2))!.Item2, one.Members[0].Item2);
        }
    }

    [Fact]
    public async Task What_was_left_out_of_an_entry_is_no_obstacle()
    {
        var bare = new MembershipEntry { SiloAddress = Silos.Address(1), Status = SiloStatus.Created };
        await Insert(bare);
        var read = Assert.Single((await _table.ReadAllAsync()).Members).Item1;
        Assert.Equal((bare.Status, bare.StartTime, bare.IAmAliveTime), (read.Status, read.StartTime, read.IAmAliveTime));
        Assert.Empty(read.SuspectTimes!);
    }

    [Fact]
    public async Task A_silo_that_is_not_there_is_read_as_none_beside_the_version()
    {
        await Insert(Silos.Entry(1));
        foreach (var absent in (SiloAddress[])[Silos.Address(1, generation: 101), Silos.Address(2)])
        {
            var data = await _table.ReadRowAsync(absent);
            Assert.Empty(data.Members);
            Assert.Equal(1, data.Version.Version);
        }
    }

    [Fact]
    public async Task A_silo_is_not_inserted_under_an_old_version()
    {
        var old = (await _table.ReadAllAsync()).Version.Next();
        await Insert(Silos.Entry(1));
        await Refused(() => _same.InsertRowAsync(Silos.Entry(2), old));
        await Refused(() => _same.InsertRowAsync(Silos.Entry(1), old));
    }

    [Fact]
    public async Task A_silo_is_not_inserted_twice()
    {
        await Insert(Silos.Entry(1));
        await Refused(async () => await _same.InsertRowAsync(Silos.Entry(1, SiloStatus.Active), (await _same.ReadAllAsync()).Version.Next()));
    }

    [Fact]
    public async Task A_silo_that_starts_again_is_another_silo()
    {
        await Insert(Silos.Entry(1, SiloStatus.Dead));
        await Insert(Silos.Entry(1, generation: 101));
        Assert.Equal(2, (await _table.ReadAllAsync()).Members.Count);
    }

    [Fact]
    public async Task An_update_under_the_current_version_and_tag_replaces_the_row()
    {
        await Insert(Silos.Entry(1));
        await Insert(Silos.Entry(2));
        var before = await _table.ReadAllAsync();
        var changed = Silos.Entry(1, SiloStatus.Active);
        changed.SuspectTimes = null;
        changed.ProxyPort = 0;
        Assert.True(await _same.UpdateRowAsync(changed, before.TryGet(changed.SiloAddress)!.Item2, before.Version.Next()));

        var after = await _table.ReadAllAsync();
        Assert.Equal(before.Version.Version + 1, after.Version.Version);
        Assert.NotEqual(before.Version.VersionEtag, after.Version.VersionEtag);
        Assert.Equal(Silos.Describe(changed), Silos.Describe(after.TryGet(changed.SiloAddress)!.Item1));
        Assert.NotEqual(before.TryGet(changed.SiloAddress)!.Item2, after.TryGet(changed.SiloAddress)!.Item2);
        Assert.Equal(before.TryGet(Silos.Address(2))!.Item2, after.TryGet(Silos.Address(2))!.Item2);
    }

    [Fact]
    public async Task An_update_is_refused_if_the_version_or_the_row_has_changed()
    {
        await Insert(Silos.Entry(1));
        await Insert(Silos.Entry(2));
        var old = await _table.ReadAllAsync();
        var tag = old.TryGet(Silos.Address(1))!.Item2;
        await Update(Silos.Entry(2, SiloStatus.Active));
        await Refused(() => _table.UpdateRowAsync(Silos.Entry(1, SiloStatus.Active), tag, old.Version.Next()));

        await Update(Silos.Entry(1, SiloStatus.Active));
        await Refused(async () => await _table.UpdateRowAsync(Silos.Entry(1, SiloStatus.Dead), tag, (await _table.ReadAllAsync()).Version.Next()));
        await Refused(async () => await _table.UpdateRowAsync(Silos.Entry(1, SiloStatus.Dead), "no tag of ours", (await _table.ReadAllAsync()).Version.Next()));
    }

    [Fact]
    public async Task An_update_makes_no_row()
    {
        await Insert(Silos.Entry(1, SiloStatus.Dead));
        var before = await _table.ReadAllAsync();
        var tag = before.Members[0].Item2;
        await Refused(() => _table.UpdateRowAsync(Silos.Entry(2), tag, before.Version.Next()));

        await _table.CleanupDefunctSiloEntriesAsync(Silos.Start.AddDays(1));
        await Refused(async () => await _table.UpdateRowAsync(Silos.Entry(1, SiloStatus.Dead), tag, (await _table.ReadAllAsync()).Version.Next()));
        await _table.UpdateIAmAliveAsync(Silos.Entry(1));
        Assert.Empty((await _table.ReadAllAsync()).Members);
    }

    [Fact]
    public async Task Of_nodes_that_insert_at_the_same_time_one_wins()
    {
        var next = (await _table.ReadAllAsync()).Version.Next();
        Assert.Single(await Task.WhenAll(Enumerable.Range(0, 16).Select(i => (i % 2 == 0 ? _table : _same).InsertRowAsync(Silos.Entry(i / 2), next))), won => won);
        var after = await _table.ReadAllAsync();
        Assert.Equal(1, after.Version.Version);
        Assert.Single(after.Members);
    }

    [Fact]
    public async Task Of_nodes_that_update_at_the_same_time_one_wins_and_no_turn_is_lost()
    {
        await Insert(Silos.Entry(1));
        await Task.WhenAll(Enumerable.Range(0, 16).Select(async i =>
        {
            var table = i % 2 == 0 ? _table : _same;
            while (true)
            {
                var seen = await table.ReadAllAsync();
                if (await table.UpdateRowAsync(Silos.Entry(1, SiloStatus.Active), seen.Members[0].Item2, seen.Version.Next())) return;
            }
        }));
        Assert.Equal(17, (await _table.ReadAllAsync()).Version.Version);

        await Insert(Silos.Entry(2));
        var last = await _table.ReadAllAsync();
        var won = await Task.WhenAll(last.Members.Select(m => _same.UpdateRowAsync(m.Item1, m.Item2, last.Version.Next())));
        Assert.Single(won, w => w);
    }

    [Fact]
    public async Task A_reader_sees_the_version_and_the_rows_of_one_moment()
    {
        await Insert(Silos.Entry(0));
        using var isOver = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            for (var i = 1; i < 40; i++) await Insert(Silos.Entry(i));
            await isOver.CancelAsync();
        });
        while (!isOver.IsCancellationRequested)
        {
            var data = await _same.ReadAllAsync();
            Assert.Equal(data.Version.Version, data.Members.Count);
        }

        await writing;
    }

    [Fact]
    public async Task A_sign_of_life_changes_neither_the_version_nor_what_tags_are_good_for()
    {
        await Insert(Silos.Entry(1));
        var before = await _table.ReadAllAsync();
        var later = Silos.Start.AddMinutes(5);
        await _same.UpdateIAmAliveAsync(new MembershipEntry { SiloAddress = Silos.Address(1), IAmAliveTime = later });

        var after = await _table.ReadAllAsync();
        Assert.Equal(before.Version, after.Version);
        var expected = Silos.Entry(1);
        expected.IAmAliveTime = later;
        Assert.Equal(Silos.Describe(expected), Silos.Describe(Assert.Single(after.Members).Item1));
        Assert.True(await _table.UpdateRowAsync(Silos.Entry(1, SiloStatus.Active), before.Members[0].Item2, before.Version.Next()));
        Assert.Equal(later, (await _table.ReadAllAsync()).Members[0].Item1.IAmAliveTime);
    }

    [Fact]
    public async Task Cleaning_up_takes_only_the_dead_who_are_long_gone()
    {
        var number = 0;
        foreach (var status in Enum.GetValues<SiloStatus>().Where(s => s != SiloStatus.None)) await Insert(Silos.Entry(++number, status));
        var lately = Silos.Entry(++number, SiloStatus.Dead);
        lately.IAmAliveTime = Silos.Start.AddDays(1);
        await Insert(lately);
        var before = await _table.ReadAllAsync();

        await _same.CleanupDefunctSiloEntriesAsync(Silos.Start.AddSeconds(1));
        Assert.Equal(Silos.Describe(before), Silos.Describe(await _table.ReadAllAsync()));
        await _same.CleanupDefunctSiloEntriesAsync(Silos.Start.AddSeconds(1).AddTicks(1));
        var after = await _table.ReadAllAsync();
        Assert.Equal(before.Version, after.Version);
        Assert.Equal(
            before.Members.Where(m => m.Item1.Status != SiloStatus.Dead || m.Item1.SiloAddress.Equals(lately.SiloAddress)).Select(m => Silos.Describe(m.Item1)).Order(StringComparer.Ordinal),
            after.Members.Select(m => Silos.Describe(m.Item1)).Order(StringComparer.Ordinal));
        Assert.Equal(before.Members.Count - 1, after.Members.Count);
    }

    [Fact]
    public async Task Two_clusters_in_one_database_do_not_see_each_other()
    {
        await Insert(Silos.Entry(1, SiloStatus.Dead));
        Assert.True(await _other.InsertRowAsync(Silos.Entry(1), (await _other.ReadAllAsync()).Version.Next()));
        Assert.True(await _other.InsertRowAsync(Silos.Entry(2, SiloStatus.Dead), (await _other.ReadAllAsync()).Version.Next()));
        var other = Silos.Describe(await _other.ReadAllAsync());

        await _table.UpdateIAmAliveAsync(new MembershipEntry { SiloAddress = Silos.Address(1), IAmAliveTime = Silos.Start.AddHours(1) });
        await _table.CleanupDefunctSiloEntriesAsync(Silos.Start.AddDays(9));
        Assert.Empty((await _table.ReadAllAsync()).Members);
        Assert.Equal(other, Silos.Describe(await _other.ReadAllAsync()));
        await _table.DeleteMembershipTableEntriesAsync("cluster");
        Assert.Equal(other, Silos.Describe(await _other.ReadAllAsync()));
    }

    [Fact]
    public async Task Nothing_decided_before_a_cluster_was_deleted_is_stored_after_it_was_made_again()
    {
        var old = (await _table.ReadAllAsync()).Version.Next();
        await _table.DeleteMembershipTableEntriesAsync("cluster");
        await Assert.ThrowsAsync<InvalidOperationException>(() => _table.ReadAllAsync());
        Assert.False(await _table.InsertRowAsync(Silos.Entry(1), old));
        await _table.InitializeMembershipTableAsync(true);
        await Refused(() => _table.InsertRowAsync(Silos.Entry(1), old));
    }

    [Fact]
    public async Task What_the_database_cannot_do_now_is_an_exception()
    {
        await Insert(Silos.Entry(1));
        await using var proxy = new Proxy(_database);
        await using var source = ParleyDatabase.Open(proxy.ConnectionString);
        var cutOff = new PostgresMembershipTable(source, "cluster");
        var seen = await cutOff.ReadAllAsync();
        proxy.Lose(new Loss(Lost.Request, "membership"));
        await Assert.ThrowsAnyAsync<Npgsql.NpgsqlException>(() => cutOff.ReadAllAsync());
        await Assert.ThrowsAnyAsync<Npgsql.NpgsqlException>(() => cutOff.InsertRowAsync(Silos.Entry(2), seen.Version.Next()));
        await Assert.ThrowsAnyAsync<Npgsql.NpgsqlException>(() => cutOff.UpdateIAmAliveAsync(Silos.Entry(1)));
        proxy.Mend();
        Assert.Equal(Silos.Describe(seen), Silos.Describe(await cutOff.ReadAllAsync()));

        // The write was done and its answer was lost: whoever reads again sees it.
        proxy.Lose(new Loss(Lost.Reply, "INSERT INTO silo") { IsOnce = true });
        await Assert.ThrowsAnyAsync<Npgsql.NpgsqlException>(() => cutOff.InsertRowAsync(Silos.Entry(2), seen.Version.Next()));
        await _database.Until("SELECT count(*) = 2 FROM silo");
        Assert.Equal(2, (await _same.ReadAllAsync()).Version.Version);
    }

    private async Task Insert(MembershipEntry entry)
    {
        var before = (await _table.ReadAllAsync()).Version;
        Assert.True(await _table.InsertRowAsync(entry, before.Next()));
        Assert.Equal(before.Version + 1, (await _table.ReadRowAsync(entry.SiloAddress)).Version.Version);
    }

    private async Task Update(MembershipEntry entry)
    {
        var seen = await _table.ReadAllAsync();
        Assert.True(await _table.UpdateRowAsync(entry, seen.TryGet(entry.SiloAddress)!.Item2, seen.Version.Next()));
    }

    private async Task Refused(Func<Task<bool>> write)
    {
        var before = Silos.Describe(await _table.ReadAllAsync());
        Assert.False(await write());
        Assert.Equal(before, Silos.Describe(await _table.ReadAllAsync()));
    }
}
