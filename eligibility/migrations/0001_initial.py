import cms_portal.programs
import django.contrib.postgres.indexes
import django.db.models.deletion
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('families', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Determination',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.CharField(choices=cms_portal.programs.choices, max_length=16)),
                ('case_key', models.UUIDField(db_index=True, default=uuid.uuid4)),
                ('on', models.DateField()),
                ('rulebook', models.CharField(max_length=64)),
                ('facts', models.JSONField()),
                ('services', models.JSONField()),
                ('made_at', models.DateTimeField()),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='determinations', to='families.child')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='determinations', to='families.household')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='DiagnosisCode',
            fields=[
                ('code', models.CharField(max_length=8, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=250)),
                ('plain', models.CharField(max_length=250)),
                ('release', models.CharField(max_length=20)),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['plain'], name='diagnosis_code_words', opclasses=['gin_trgm_ops'])],
            },
        ),
        migrations.CreateModel(
            name='HistoricalDetermination',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('request_id', models.UUIDField(editable=False, null=True)),
                ('program', models.CharField(choices=cms_portal.programs.choices, max_length=16)),
                ('case_key', models.UUIDField(db_index=True, default=uuid.uuid4)),
                ('on', models.DateField()),
                ('rulebook', models.CharField(max_length=64)),
                ('facts', models.JSONField()),
                ('services', models.JSONField()),
                ('made_at', models.DateTimeField()),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('child', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='families.child')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('household', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='families.household')),
                ('made_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical determination',
                'verbose_name_plural': 'historical determinations',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='ServiceDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case_key', models.UUIDField(db_index=True)),
                ('service', models.CharField(max_length=60)),
                ('recommended', models.CharField(choices=[('available', 'Yes'), ('not_available', 'Not this one'), ('unknown', 'We need to know more'), ('needs_review', 'A person looks at this')], max_length=15)),
                ('outcome', models.CharField(choices=[('available', 'Yes'), ('not_available', 'Not this one'), ('unknown', 'We need to know more'), ('needs_review', 'A person looks at this')], max_length=15)),
                ('reason_code', models.CharField(choices=[('agrees', 'Agrees with the rules'), ('paper_shown', 'A paper shows something else'), ('family_told', 'The family told us more'), ('medical_director', 'Decided when the condition was reviewed'), ('exception', 'The program allows an exception'), ('review', 'Decided when it was looked at again'), ('rule_misread', 'The rule does not fit this case')], max_length=20)),
                ('words', models.CharField(blank=True, max_length=1000)),
                ('needs_countersign', models.BooleanField()),
                ('decided_at', models.DateTimeField()),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('determination', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='eligibility.determination')),
                ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='eligibility.servicedecision')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('replaces__isnull', True)), fields=('case_key', 'service'), name='one_first_decision_per_service'), models.CheckConstraint(condition=models.Q(('outcome__in', ['available', 'not_available'])), name='a_person_decides_yes_or_no'), models.CheckConstraint(condition=models.Q(('recommended', models.F('outcome')), models.Q(('words', ''), _negated=True), _connector='OR'), name='an_override_says_why')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalServiceDecision',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('request_id', models.UUIDField(editable=False, null=True)),
                ('case_key', models.UUIDField(db_index=True)),
                ('service', models.CharField(max_length=60)),
                ('recommended', models.CharField(choices=[('available', 'Yes'), ('not_available', 'Not this one'), ('unknown', 'We need to know more'), ('needs_review', 'A person looks at this')], max_length=15)),
                ('outcome', models.CharField(choices=[('available', 'Yes'), ('not_available', 'Not this one'), ('unknown', 'We need to know more'), ('needs_review', 'A person looks at this')], max_length=15)),
                ('reason_code', models.CharField(choices=[('agrees', 'Agrees with the rules'), ('paper_shown', 'A paper shows something else'), ('family_told', 'The family told us more'), ('medical_director', 'Decided when the condition was reviewed'), ('exception', 'The program allows an exception'), ('review', 'Decided when it was looked at again'), ('rule_misread', 'The rule does not fit this case')], max_length=20)),
                ('words', models.CharField(blank=True, max_length=1000)),
                ('needs_countersign', models.BooleanField()),
                ('decided_at', models.DateTimeField()),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('decided_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('determination', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='eligibility.determination')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('replaces', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='eligibility.servicedecision')),
            ],
            options={
                'verbose_name': 'historical service decision',
                'verbose_name_plural': 'historical service decisions',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalCountersignature',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('request_id', models.UUIDField(editable=False, null=True)),
                ('signed_at', models.DateTimeField()),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('signed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decision', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='eligibility.servicedecision')),
            ],
            options={
                'verbose_name': 'historical countersignature',
                'verbose_name_plural': 'historical countersignatures',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Countersignature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('signed_at', models.DateTimeField()),
                ('signed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='countersignature', to='eligibility.servicedecision')),
            ],
        ),
    ]
